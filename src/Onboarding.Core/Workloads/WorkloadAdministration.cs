using Onboarding.Core.Audit;
using Onboarding.Core.Bootstrap;
using Onboarding.Core.Configuration;
using Onboarding.Core.Entities;
using Onboarding.Core.Policy;
using Onboarding.Core.Resources;
using Onboarding.Core.Workloads.Commands;
using Onboarding.Core.Workloads.Namespaces;

namespace Onboarding.Core.Workloads;

/// <summary>Does what administrators want done, and answers what they ask of groups.</summary>
internal sealed class WorkloadAdministration(
    IEntityHost<Workload> workloads,
    IEntityHost<PolicyNamespace> namespaces,
    IRegistrationSink sink,
    IPolicyCatalog catalog,
    IResourceSource resources,
    IOptionsSource options,
    RemovalBrake brake,
    IAuditTrail trail,
    TimeProvider time) : IWorkloadAdministration
{
    private readonly RegisteredWorkloads registered = new(workloads, sink);
    private readonly GroupDirectory groups = new(new RegisteredWorkloads(workloads, sink), namespaces, sink, catalog, resources, brake);
    private readonly WorkloadAudit audit = new(trail, time);

    /// <inheritdoc/>
    public async ValueTask<bool> SuspendAsync(string @namespace, string name, string? reason, CancellationToken cancellationToken)
    {
        if (await sink.FindAsync(@namespace, name, cancellationToken) is not { Registration: var written }
            || await registered.FindAsync(written, cancellationToken) is not { } workload)
        {
            return false;
        }

        var reply = await workloads.AskTwiceAsync(workload.Key, new Suspend(reason), cancellationToken);
        if (reply.IsDone)
        {
            var act = reason is null ? AuditActs.Resume : AuditActs.Suspend;
            audit.Registration(act, workload.Key, name, workload.Registered.Session.Epoch, reason ?? "it may join again");
        }

        return true;
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<GroupSummary>> ListGroupsAsync(string? @namespace, CancellationToken cancellationToken) =>
        groups.ListAsync(@namespace, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<GroupDescription?> DescribeGroupAsync(string @namespace, string name, CancellationToken cancellationToken) =>
        groups.DescribeAsync(@namespace, name, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<DeniedMember>> FindDeniedAsync(DeniedWorkload denied, CancellationToken cancellationToken)
    {
        var list = new DenyList(options.Current.Workloads with { Denied = [denied] });
        var found = new List<DeniedMember>();
        foreach (var name in await sink.ListNamespacesAsync(cancellationToken))
        {
            found.AddRange((await registered.ListAsync(name, cancellationToken)).Where(workload => IsDenied(list, workload)).Select(ToMember));
        }

        return found;
    }

    private static bool IsDenied(DenyList list, RegisteredWorkload workload)
    {
        var session = workload.Registered.Session;
        return list.Refuse(workload.Namespace, workload.Group, session.Identity, session.IssuedAt)?.Cause == DenialCause.Denied;
    }

    private DeniedMember ToMember(RegisteredWorkload workload)
    {
        var (@namespace, name) = (workload.Namespace, workload.Group);
        var group = catalog.Find(@namespace)?.FindGroup(name);
        var principal = group is null || resources.Current is not { } list
            ? null
            : $"{MeshSettings.Of(list, workload.Registered.Registration.Sidecar.Istio.Revision).TrustDomain}/ns/{@namespace}/sa/{WorkloadComposer.ServiceAccountOf(group)}";
        return new DeniedMember(@namespace, workload.Registered.Session.Name, name, principal);
    }
}
