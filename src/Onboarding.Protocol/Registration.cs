using System.Text.Json.Serialization;

namespace Onboarding.Protocol;

/// <summary>What an agent says of its workload: the body of <c>PUT /v1/registration</c> and <c>spec.registration</c> of a WorkloadAutoRegistration.</summary>
/// <param name="Agent">The agent.</param>
/// <param name="Sidecar">The sidecar.</param>
/// <param name="Host">The host.</param>
/// <param name="Workload">The workload; absent: no labels of its own.</param>
/// <param name="Settings">Settings; absent: their defaults.</param>
public sealed record Registration(
    RegistrationAgent Agent,
    RegistrationSidecar Sidecar,
    RegistrationHost Host,
    RegistrationWorkload? Workload = null,
    RegistrationSettings? Settings = null);

/// <summary>The agent.</summary>
/// <param name="Version">Its release, at least one character.</param>
public sealed record RegistrationAgent(string Version);

/// <summary>The sidecar.</summary>
/// <param name="Istio">Istio's proxy.</param>
public sealed record RegistrationSidecar(IstioSidecar Istio);

/// <summary>Istio's proxy on the VM.</summary>
/// <param name="Version">Its release, at least one character.</param>
/// <param name="Revision">The Istio revision it belongs to, 1–56 characters; absent: <c>default</c>.</param>
public sealed record IstioSidecar(string Version, string? Revision = null);

/// <summary>The host.</summary>
/// <param name="Addresses">1–8 addresses; each is a claim until it is verified.</param>
public sealed record RegistrationHost(IReadOnlyList<HostAddress> Addresses);

/// <summary>An address of a host.</summary>
/// <param name="Ip">IPv4 or IPv6 literal, without zone.</param>
/// <param name="Type">From where it can be reached.</param>
public sealed record HostAddress(string Ip, AddressType Type);

/// <summary>From where an address can be reached.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AddressType>))]
public enum AddressType
{
    /// <summary>Inside the private network.</summary>
    [JsonStringEnumMemberName("VPC")]
    Vpc,

    /// <summary>From the Internet.</summary>
    [JsonStringEnumMemberName("INTERNET")]
    Internet,
}

/// <summary>The workload.</summary>
/// <param name="Labels">At most 16 labels, which add to the group's and override none.</param>
public sealed record RegistrationWorkload(IReadOnlyDictionary<string, string> Labels);

/// <summary>Settings of a registration.</summary>
/// <param name="ConnectedOver">Which of the host's addresses the mesh reaches the workload at.</param>
public sealed record RegistrationSettings(AddressType ConnectedOver = AddressType.Vpc);
