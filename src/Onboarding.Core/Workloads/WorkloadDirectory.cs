using System.Collections.Immutable;
using Onboarding.Core.Policy;

namespace Onboarding.Core.Workloads;

/// <summary>Answers administrators: what is written says which workloads there are, and each of them says how it is.</summary>
internal sealed class WorkloadDirectory(RegisteredWorkloads registered, IRegistrationSink sink, IPolicyCatalog catalog, WorkloadBundles bundles)
{
    public async ValueTask<IReadOnlyList<WorkloadSummary>> ListAsync(string? @namespace, CancellationToken cancellationToken)
    {
        var summaries = new List<WorkloadSummary>();
        foreach (var name in @namespace is null ? catalog.Namespaces : [@namespace])
        {
            summaries.AddRange((await registered.ListAsync(name, cancellationToken)).Select(workload => workload.Summarize()));
        }

        return summaries;
    }

    public async ValueTask<WorkloadDescription?> DescribeAsync(string @namespace, string name, CancellationToken cancellationToken)
    {
        if (await sink.FindAsync(@namespace, name, cancellationToken) is not { Registration: var written })
        {
            return null;
        }

        return await registered.FindAsync(written, cancellationToken) is { } workload ? Describe(workload) : null;
    }

    private WorkloadDescription Describe(RegisteredWorkload workload)
    {
        var (name, registered, description) = (workload.Group, workload.Registered, workload.Description);
        var snapshot = catalog.Find(workload.Namespace);
        var group = snapshot?.FindGroup(name);
        var decision = snapshot?.Evaluate(registered.Session.Identity, name, registered.Session.IssuedAt)
            ?? new PolicyDecision(IsAllowed: false, Policy: null, Rule: null, "there is no such group");
        return new WorkloadDescription(
            workload.Summarize(),
            registered.Session.Identity,
            ConditionComposer.Compose(registered, description.Suspended),
            group is null ? ImmutableSortedDictionary<string, string>.Empty : WorkloadComposer.Labels(group, registered),
            decision,
            description.Presence?.Bundle?.Revision,
            description.Presence?.ConfigRevision,
            group is null ? null : bundles.Make(group, registered)?.Result.Sidecar);
    }
}
