using System.Collections.Concurrent;
using System.Collections.Immutable;
using Onboarding.Core.Bootstrap;
using Onboarding.Core.Configuration;
using Onboarding.Core.Resources;
using Onboarding.Protocol;

namespace Onboarding.Core.Workloads;

/// <summary>Makes the boot bundles of registered workloads, and tells when what they are made from has moved.</summary>
internal sealed class WorkloadBundles(IResourceSource resources, IOptionsSource options)
{
    // An agent chooses the revision of its sidecar.
    private const int MaxForeseen = 1024;

    private volatile Inputs? last;

    /// <summary>Stands for everything outside a workload that its bundle is made from; null: nothing is known yet.</summary>
    public string? Version => Current?.Version;

    private Inputs? Current
    {
        get
        {
            if (resources.Current is not { } snapshot)
            {
                return null;
            }

            var known = last;
            if (known is null || !ReferenceEquals(known.Resources, snapshot) || !ReferenceEquals(known.Options, options.Current))
            {
                last = known = new Inputs(Guid.NewGuid().ToString("N"), snapshot, options.Current);
            }

            return known;
        }
    }

    /// <summary>
    /// What making the bundle of a workload will show that is about to register: its registration is then written once, not once more when the bundle is
    /// made. The same for all agents of a group that say nothing of their own. Empty: nothing is known yet.
    /// </summary>
    public ImmutableArray<Observation> Foresee(WorkloadGroup group, string name, Registration registration)
    {
        if (Current is not { } inputs)
        {
            return [];
        }

        var isPlain = (registration.Workload?.Labels?.Count ?? 0) == 0;
        var kind = $"{group.Metadata.Namespace}/{group.Metadata.Name}/{registration.Sidecar.Istio.Revision}";
        if (isPlain && inputs.Foreseen.TryGetValue(kind, out var known) && ReferenceEquals(known.Group, group))
        {
            return known.Observations;
        }

        var observations = Observe(BootBundleBuilder.Build(Request(inputs, group, name, "", registration)));
        if (isPlain && inputs.Foreseen.Count < MaxForeseen)
        {
            inputs.Foreseen[kind] = (group, observations);
        }

        return observations;
    }

    /// <summary>The bundle of a workload whose entry has been accepted; null: not now.</summary>
    public WorkloadBundle? Make(WorkloadGroup group, Registered registered)
    {
        if (Current is not { } inputs || registered.Written?.Uid is not { } uid)
        {
            return null;
        }

        var result = BootBundleBuilder.Build(Request(inputs, group, registered.Session.Name, uid, registered.Registration));
        return new(result, new(inputs.Version, registered.Revision, uid, result.Bundle?.Revision), Observe(result));
    }

    private static BootBundleRequest Request(Inputs inputs, WorkloadGroup group, string name, string entryUid, Registration registration) => new()
    {
        Group = group,
        Labels = WorkloadComposer.Labels(group, registration),
        EntryName = name,
        EntryUid = entryUid,
        VpcAddress = registration.Host.Addresses.FirstOrDefault(address => address.Type == AddressType.Vpc)?.Ip,
        Revision = registration.Sidecar.Istio.Revision,
        Resources = inputs.Resources,
        Options = inputs.Options,
    };

    private static ImmutableArray<Observation> Observe(BootBundleResult result)
    {
        var dropped = result.HasTooManyAliases ? "TooManyAliases" : result.Dropped.IsEmpty ? "NothingDropped" : "NotDeliverable";
        return
        [
            result.IsReady
                ? new(ConditionTypes.BootstrapReady, IsTrue: true, "Rendered", result.Notes.IsEmpty ? null : string.Join(' ', result.Notes))
                : new(ConditionTypes.BootstrapReady, IsTrue: false, "GatewayUnknown", "no gateway is known over which the sidecar could reach istiod"),
            new(
                ConditionTypes.BootstrapFiltered,
                result.HasTooManyAliases || !result.Dropped.IsEmpty,
                dropped,
                result.Dropped.IsEmpty ? null : string.Join("; ", result.Dropped)),
            result.Sidecar is { } sidecar
                ? new(ConditionTypes.SidecarConfigured, IsTrue: true, "IngressFound", sidecar)
                : new(ConditionTypes.SidecarConfigured, IsTrue: false, "NoIngress", "no Sidecar with ingress listeners applies: the workload listens nowhere"),
        ];
    }

    private sealed record Inputs(string Version, ResourceSnapshot Resources, OnboardingOptions Options)
    {
        public ConcurrentDictionary<string, (WorkloadGroup Group, ImmutableArray<Observation> Observations)> Foreseen { get; } = new(StringComparer.Ordinal);
    }
}

/// <summary>A bundle, or why there is none, with what it was made from and what that has shown.</summary>
internal sealed record WorkloadBundle(BootBundleResult Result, BundleStamp Stamp, ImmutableArray<Observation> Observations);
