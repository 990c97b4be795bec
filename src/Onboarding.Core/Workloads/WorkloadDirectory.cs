using System.Collections.Immutable;
using Onboarding.Core.Entities;
using Onboarding.Core.Identity;
using Onboarding.Core.Policy;
using Onboarding.Core.Resources;
using Onboarding.Core.Workloads.Commands;

namespace Onboarding.Core.Workloads;

/// <summary>Answers administrators: what is written says which workloads there are, and each of them says how it is.</summary>
internal sealed class WorkloadDirectory(IEntityHost<Workload> workloads, IRegistrationSink sink, IPolicyCatalog catalog, WorkloadBundles bundles)
{
    private const int AskedAtOnce = 64;

    public async ValueTask<IReadOnlyList<WorkloadSummary>> ListAsync(string? @namespace, CancellationToken cancellationToken)
    {
        var summaries = new List<WorkloadSummary>();
        foreach (var name in @namespace is null ? catalog.Namespaces : [@namespace])
        {
            foreach (var chunk in (await sink.ListAsync(name, cancellationToken)).Chunk(AskedAtOnce))
            {
                var asked = await Task.WhenAll(chunk.Select(written => SummarizeAsync(written.Registration, cancellationToken)));
                summaries.AddRange(asked.OfType<WorkloadSummary>());
            }
        }

        return summaries;
    }

    public async ValueTask<WorkloadDescription?> DescribeAsync(string @namespace, string name, CancellationToken cancellationToken)
    {
        if (await sink.FindAsync(@namespace, name, cancellationToken) is not { Registration: var written })
        {
            return null;
        }

        var description = await workloads.AskTwiceAsync(KeyOf(written), new Describe(), cancellationToken);
        return description.Registered is { } registered ? Describe(written, registered, description) : null;
    }

    private WorkloadDescription Describe(WorkloadAutoRegistration written, Registered registered, Description description)
    {
        var snapshot = catalog.Find(written.Metadata.Namespace);
        var group = snapshot?.FindGroup(written.Group);
        var decision = snapshot?.Evaluate(registered.Session.Identity, written.Group, registered.Session.IssuedAt)
            ?? new PolicyDecision(IsAllowed: false, Policy: null, Rule: null, "there is no such group");
        return new WorkloadDescription(
            Summarize(written, registered, description.Presence),
            registered.Session.Identity,
            ConditionComposer.Compose(registered, description.Suspended),
            group is null ? ImmutableSortedDictionary<string, string>.Empty : WorkloadComposer.Labels(group, registered),
            decision,
            description.Presence?.Bundle?.Revision,
            description.Presence?.ConfigRevision,
            group is null ? null : bundles.Make(group, registered)?.Result.Sidecar);
    }

    private async Task<WorkloadSummary?> SummarizeAsync(WorkloadAutoRegistration written, CancellationToken cancellationToken)
    {
        var description = await workloads.AskTwiceAsync(KeyOf(written), new Describe(), cancellationToken);
        return description.Registered is { } registered ? Summarize(written, registered, description.Presence) : null;
    }

    private static WorkloadSummary Summarize(WorkloadAutoRegistration written, Registered registered, Presence? presence) => new(
        written.Metadata.Namespace,
        registered.Session.Name,
        written.Group,
        registered.Phase == LeasePhase.Live,
        registered.Address,
        registered.Registration.Agent.Version,
        registered.Since,
        presence?.LastContact);

    private static string KeyOf(WorkloadAutoRegistration written) =>
        WorkloadKey.Of(written.Metadata.Namespace, written.Group, written.Identity);
}
