using System.Text.Json.Serialization;
using Onboarding.Protocol;

namespace Onboarding.Core.Workloads.Addresses;

/// <summary>An address that a workload claims and that is believed.</summary>
/// <param name="Ip">The address, in its canonical text.</param>
/// <param name="Type">From where it can be reached.</param>
/// <param name="Basis">What speaks for it.</param>
internal sealed record BelievedAddress(string Ip, AddressType Type, AddressBasis Basis);

/// <summary>What speaks for an address, the weakest first.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AddressBasis>))]
internal enum AddressBasis
{
    /// <summary>It lies in a network that the configuration trusts.</summary>
    Trusted,

    /// <summary>The agent's connection comes from it.</summary>
    Connection,

    /// <summary>The credential vouches for it.</summary>
    Credential,
}
