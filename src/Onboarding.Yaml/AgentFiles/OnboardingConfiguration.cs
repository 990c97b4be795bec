using System.Collections.Immutable;

namespace Onboarding.Yaml.AgentFiles;

/// <summary>An OnboardingConfiguration, <c>config.agent.onboarding.tetrate.io/v1alpha1</c>: what the user of a VM says.</summary>
public sealed record OnboardingConfiguration
{
    /// <summary><c>onboardingEndpoint</c>.</summary>
    public required EndpointConfiguration Endpoint { get; init; }

    /// <summary><c>workloadGroup.namespace</c>, an RFC 1123 label.</summary>
    public required string GroupNamespace { get; init; }

    /// <summary><c>workloadGroup.name</c>, an RFC 1123 subdomain.</summary>
    public required string GroupName { get; init; }

    /// <summary><c>workload.labels</c>: valid labels, at most 16; what else the control plane refuses it says.</summary>
    public ImmutableSortedDictionary<string, string> Labels { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary><c>settings.connectedOver</c>.</summary>
    /// <value><see cref="ConnectedOver.Vpc"/>.</value>
    public ConnectedOver ConnectedOver { get; init; }
}

/// <summary>Over which of its addresses the mesh reaches the workload.</summary>
public enum ConnectedOver
{
    /// <summary>The one inside the private network.</summary>
    Vpc,

    /// <summary>The one on the Internet.</summary>
    Internet,
}

/// <summary><c>onboardingEndpoint</c>.</summary>
public sealed record EndpointConfiguration
{
    /// <summary>Host name or IP literal.</summary>
    public required string Host { get; init; }

    /// <summary>TCP port, 1–65535.</summary>
    /// <value>15443.</value>
    public int Port { get; init; } = 15443;

    /// <summary><c>transportSecurity</c>; null: <c>none</c>, no TLS.</summary>
    public TlsConfiguration? Tls { get; init; } = new();

    /// <summary>The endpoint's uid; the agent stops when it says another. Null: not pinned.</summary>
    public string? Uid { get; init; }
}

/// <summary><c>onboardingEndpoint.transportSecurity.tls</c>.</summary>
/// <param name="Sni">Name that is sent, and that the certificate is verified against; null: the host.</param>
/// <param name="InsecureSkipVerify">Whether any certificate is accepted; not for production.</param>
/// <param name="CaFile">PEM file that takes the place of the system's trust store; null: the system's.</param>
public sealed record TlsConfiguration(string? Sni = null, bool InsecureSkipVerify = false, string? CaFile = null);
