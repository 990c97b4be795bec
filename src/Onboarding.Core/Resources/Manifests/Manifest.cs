using System.Collections.Immutable;
using Onboarding.Core.Resources.Reading;
using Onboarding.Yaml.Fields;

namespace Onboarding.Core.Resources.Manifests;

/// <summary>What was read of a file of manifests.</summary>
public sealed record Manifest
{
    /// <summary>The file.</summary>
    public required string File { get; init; }

    /// <summary>
    /// Whether something in it could not be taken as written, so that the file counts as a whole as broken.
    /// An invalid OnboardingPolicy does not break it: it is there, and authorizes nobody.
    /// </summary>
    public bool IsBroken { get; init; }

    /// <summary>What is wrong with it, and, as warnings, what was ignored.</summary>
    public ImmutableArray<FieldProblem> Problems { get; init; } = [];

    /// <summary>WorkloadGroups.</summary>
    public ImmutableArray<WorkloadGroup> WorkloadGroups { get; init; } = [];

    /// <summary>OnboardingPolicies, the invalid ones too.</summary>
    public ImmutableArray<OnboardingPolicy> Policies { get; init; } = [];

    /// <summary>Sidecars, in the file's order.</summary>
    public ImmutableArray<Sidecar> Sidecars { get; init; } = [];

    /// <summary>ConfigMaps of any namespace.</summary>
    public ImmutableArray<ConfigMap> ConfigMaps { get; init; } = [];

    /// <summary>Services.</summary>
    public ImmutableArray<ServiceManifest> Services { get; init; } = [];

    /// <summary>WorkloadAutoRegistrations.</summary>
    public ImmutableArray<WorkloadAutoRegistration> Registrations { get; init; } = [];

    /// <summary>WorkloadEntries.</summary>
    public ImmutableArray<WorkloadEntry> Entries { get; init; } = [];
}
