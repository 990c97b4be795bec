using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Onboarding.Core.Configuration;
using Onboarding.Core.Identity;
using Onboarding.Core.Resources;
using Onboarding.Core.Workloads.Labels;
using Onboarding.Protocol;

namespace Onboarding.Core.Workloads;

/// <summary>Composes what is written of a workload, whole and from verified data.</summary>
internal sealed class WorkloadComposer(IOptionsSource options)
{
    private const string HealthChecksAnnotation = "proxy.istio.io/health-checks-enabled";
    private const string WorkloadNameLabel = "service.istio.io/workload-name";

    private readonly ImmutableSortedDictionary<string, string> ours =
        ImmutableSortedDictionary<string, string>.Empty.Add(WellKnownMetadata.UidLabel, WellKnownMetadata.UidLabelValue(options.Uid));

    /// <summary>The registration as it stands.</summary>
    public WorkloadAutoRegistration Registration(WorkloadGroup group, Registered registered, string? suspended) => new(
        WithSuspension(Metadata(group, registered), suspended),
        group.Metadata.Name,
        registered.Session.Identity,
        registered.Registration,
        ConditionComposer.Compose(registered, suspended),
        registered.Phase == LeasePhase.Live && !registered.IsSessionEnded ? registered.ConnectedTo : null);

    /// <summary>The entry; null: it must not be there.</summary>
    public WorkloadEntry? Entry(WorkloadGroup group, Registered registered, string? suspended)
    {
        if (registered.Phase == LeasePhase.Leaving || suspended is not null)
        {
            return null;
        }

        var labels = Labels(group, registered);
        var metadata = Metadata(group, registered);
        var template = group.Template;
        return new WorkloadEntry(
            metadata with
            {
                Labels = labels.SetItems(metadata.Labels).SetItem(WorkloadNameLabel, group.Metadata.Name),
                Annotations = metadata.Annotations.Add(HealthChecksAnnotation, group.Probe is null ? "false" : "true"),
            },
            registered.Address,
            labels,
            ServiceAccountOf(group),
            template.Network,
            template.Ports,
            template.Locality.Length > 0 ? template.Locality : LocalityOf(registered.Session.Identity),
            template.Weight);
    }

    /// <summary>The service account of a group's workloads.</summary>
    public static string ServiceAccountOf(WorkloadGroup group) => group.Template.ServiceAccount is { Length: > 0 } account ? account : "default";

    /// <summary>The workload's one label set.</summary>
    public static ImmutableSortedDictionary<string, string> Labels(WorkloadGroup group, Registered registered) => Labels(group, registered.Registration);

    /// <inheritdoc cref="Labels(WorkloadGroup, Registered)"/>
    public static ImmutableSortedDictionary<string, string> Labels(WorkloadGroup group, Registration registration) =>
        WorkloadLabels.Compose(group, registration.Workload?.Labels ?? ImmutableDictionary<string, string>.Empty);

    /// <summary>Stands for what an entry says; equal for equal entries. Null: there is none.</summary>
    public static string? ContentOf(WorkloadEntry? entry) =>
        entry is null ? null : Sha256Text.Hex(JsonSerializer.SerializeToUtf8Bytes(entry, WorkloadJson.Default.WorkloadEntry))[..16];

    private static string LocalityOf(WorkloadIdentity identity) =>
        identity is AwsIdentity aws ? $"{aws.Region}/{aws.Zone}" : "";

    private static ObjectMeta WithSuspension(ObjectMeta metadata, string? suspended) =>
        suspended is null ? metadata : metadata with { Annotations = metadata.Annotations.Add(WellKnownMetadata.SuspendedAnnotation, suspended) };

    private ObjectMeta Metadata(WorkloadGroup group, Registered registered) => new()
    {
        Namespace = group.Metadata.Namespace,
        Name = registered.Session.Name,
        Labels = ours,
        Annotations = ImmutableSortedDictionary<string, string>.Empty.Add(
            WellKnownMetadata.EpochAnnotation,
            registered.Session.Epoch.ToString(CultureInfo.InvariantCulture)),
    };
}
