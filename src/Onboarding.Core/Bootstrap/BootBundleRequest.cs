using System.Collections.Immutable;
using Onboarding.Core.Configuration;
using Onboarding.Core.Resources;

namespace Onboarding.Core.Bootstrap;

/// <summary>What a workload's boot bundle is made from.</summary>
public sealed record BootBundleRequest
{
    /// <summary>The workload's group.</summary>
    public required WorkloadGroup Group { get; init; }

    /// <summary>The one label set of the workload, with the canonical labels: also that of its entry.</summary>
    public required ImmutableSortedDictionary<string, string> Labels { get; init; }

    /// <summary>Name of its WorkloadEntry.</summary>
    public required string EntryName { get; init; }

    /// <summary>UID of its WorkloadEntry; in a directory of manifests what stands for it.</summary>
    public required string EntryUid { get; init; }

    /// <summary>Its registered address of type VPC; null: only one of the Internet is known.</summary>
    public string? VpcAddress { get; init; }

    /// <summary>The sidecar's Istio revision; null, empty or <c>default</c>: none.</summary>
    public string? Revision { get; init; }

    /// <summary>Mesh configuration, gateway address, Sidecars and Services.</summary>
    public required ResourceSnapshot Resources { get; init; }

    /// <summary>The gateway that takes the vmgateway's place, and the hosts that no alias may stand for.</summary>
    public required OnboardingOptions Options { get; init; }
}
