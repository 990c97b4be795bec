using System.Collections.Immutable;
using Onboarding.Core.Bootstrap;
using Onboarding.Core.Configuration;
using Onboarding.Core.Resources;
using Onboarding.Protocol;

namespace Onboarding.Core.Workloads;

/// <summary>Makes the boot bundles of registered workloads, and tells when what they are made from has moved.</summary>
internal sealed class WorkloadBundles(IResourceSource resources, IOptionsSource options)
{
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

    /// <summary>The bundle of a workload whose entry has been accepted; null: not now.</summary>
    public WorkloadBundle? Make(WorkloadGroup group, Registered registered)
    {
        if (Current is not { } inputs || registered.Written?.Uid is not { } uid)
        {
            return null;
        }

        var result = BootBundleBuilder.Build(new BootBundleRequest
        {
            Group = group,
            Labels = WorkloadComposer.Labels(group, registered),
            EntryName = registered.Session.Name,
            EntryUid = uid,
            VpcAddress = registered.Registration.Host.Addresses.FirstOrDefault(address => address.Type == AddressType.Vpc)?.Ip,
            Revision = registered.Registration.Sidecar.Istio.Revision,
            Resources = inputs.Resources,
            Options = inputs.Options,
        });
        return new(result, new(inputs.Version, registered.Revision, uid, result.Bundle?.Revision), Observe(result));
    }

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

    private sealed record Inputs(string Version, ResourceSnapshot Resources, OnboardingOptions Options);
}

/// <summary>A bundle, or why there is none, with what it was made from and what that has shown.</summary>
internal sealed record WorkloadBundle(BootBundleResult Result, BundleStamp Stamp, ImmutableArray<Observation> Observations);
