using System.Collections.Immutable;

namespace Onboarding.Core.Resources;

/// <summary>All resources as one complete list had them.</summary>
public sealed record ResourceSnapshot
{
    /// <summary>When the list was complete.</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>WorkloadGroups.</summary>
    public ImmutableArray<WorkloadGroup> WorkloadGroups { get; init; } = [];

    /// <summary>OnboardingPolicies, the invalid ones too.</summary>
    public ImmutableArray<OnboardingPolicy> Policies { get; init; } = [];

    /// <summary>Sidecars in order of creation (in files: of appearance).</summary>
    public ImmutableArray<Sidecar> Sidecars { get; init; } = [];

    /// <summary>ConfigMaps of the Istio namespace by name: <c>istio[-rev]</c>, <c>istio-sidecar-injector[-rev]</c>, <c>istio-ca-root-cert</c>; keys to their text.</summary>
    public ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, string>> MeshConfigMaps { get; init; } =
        ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, string>>.Empty;

    /// <summary>Address of Service <c>vmgateway</c>: an IP literal or a host name; null: not known.</summary>
    public string? GatewayAddress { get; init; }

    /// <summary>Services, for the expansion of egress hosts.</summary>
    public ImmutableArray<ServiceSummary> Services { get; init; } = [];
}

/// <summary>What is used of a Service.</summary>
/// <param name="Namespace">Its namespace.</param>
/// <param name="Name">Its name.</param>
/// <param name="Ports">Its port numbers.</param>
/// <param name="Selector">Its selector; null: none.</param>
public sealed record ServiceSummary(string Namespace, string Name, ImmutableArray<int> Ports, ImmutableSortedDictionary<string, string>? Selector);
