using System.Text.Json.Serialization;
using Onboarding.Protocol;

namespace Onboarding.Core.Workloads.Addresses;

/// <summary>An address that a workload claims, and what speaks for it.</summary>
/// <param name="Ip">The address, in its canonical text.</param>
/// <param name="Type">From where it can be reached.</param>
/// <param name="Basis">What speaks for it, as far as the process that took the call knows.</param>
internal sealed record ClaimedAddress(string Ip, AddressType Type, AddressBasis Basis);

/// <summary>What speaks for an address.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AddressBasis>))]
internal enum AddressBasis
{
    /// <summary>Nothing; it is never believed.</summary>
    Forbidden,

    /// <summary>The workload's word alone.</summary>
    Claim,

    /// <summary>It lies in a network that the configuration trusts.</summary>
    Trusted,

    /// <summary>The agent's connection comes from it.</summary>
    Connection,
}
