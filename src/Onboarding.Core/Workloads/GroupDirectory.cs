using System.Collections.Immutable;
using Onboarding.Core.Entities;
using Onboarding.Core.Policy;
using Onboarding.Core.Resources;
using Onboarding.Core.Workloads.Namespaces;

namespace Onboarding.Core.Workloads;

/// <summary>Answers administrators about groups: those that there are, and those that have gone while somebody is still registered in them.</summary>
internal sealed class GroupDirectory(
    RegisteredWorkloads registered,
    IEntityHost<PolicyNamespace> namespaces,
    IRegistrationSink sink,
    IPolicyCatalog catalog,
    IResourceSource resources,
    RemovalBrake brake)
{
    public async ValueTask<IReadOnlyList<GroupSummary>> ListAsync(string? @namespace, CancellationToken cancellationToken)
    {
        IEnumerable<string> asked = @namespace is null ? catalog.Namespaces.Union(await sink.ListNamespacesAsync(cancellationToken), StringComparer.Ordinal) : [@namespace];
        var summaries = new List<GroupSummary>();
        foreach (var name in asked)
        {
            var members = (await registered.ListAsync(name, cancellationToken)).ToLookup(workload => workload.Group, StringComparer.Ordinal);
            var groups = GroupsOf(name).Select(group => group.Metadata.Name).Union(members.Select(group => group.Key), StringComparer.Ordinal);
            summaries.AddRange(groups.Select(group => Summarize(name, group, [.. members[group]])));
        }

        return summaries;
    }

    public async ValueTask<GroupDescription?> DescribeAsync(string @namespace, string name, CancellationToken cancellationToken)
    {
        var members = (await registered.ListAsync(@namespace, cancellationToken)).Where(workload => workload.Group == name).ToImmutableArray();
        var group = GroupsOf(@namespace).FirstOrDefault(group => group.Metadata.Name == name);
        if (group is null && members.IsEmpty)
        {
            return null;
        }

        var known = await namespaces.AskTwiceAsync(@namespace, new DescribeGroup { Group = name }, cancellationToken);
        return new GroupDescription(
            Summarize(@namespace, name, members),
            group is not null,
            [.. members.Select(workload => workload.Summarize()).OrderBy(summary => summary.Name, StringComparer.Ordinal)],
            known.Removed,
            known.BrakedSince,
            brake.IsConfirmed(@namespace, name),
            known.Turns,
            group is null ? [] : PoliciesOf(group));
    }

    private static GroupSummary Summarize(string @namespace, string name, ImmutableArray<RegisteredWorkload> members)
    {
        var summaries = members.Select(workload => workload.Summarize()).ToList();
        return new GroupSummary(
            @namespace,
            name,
            members.Length,
            summaries.Count(member => member.Connected),
            summaries.Count(member => member.Suspended is not null),
            summaries.Count(member => member.IsRemovalHeld),
            members.Count(workload => workload.IsOutdated));
    }

    private IEnumerable<WorkloadGroup> GroupsOf(string @namespace) =>
        resources.Current?.WorkloadGroups.Where(group => group.Metadata.Namespace == @namespace) ?? [];

    private ImmutableArray<PolicyStatus> PoliciesOf(WorkloadGroup group)
    {
        var selecting = (resources.Current?.Policies ?? [])
            .Where(policy => policy.Metadata.Namespace == group.Metadata.Namespace
                && policy.Allow.Any(rule => rule.OnboardTo.Any(selector => selector.Matches(group.Metadata.Labels))))
            .Select(policy => policy.Metadata.Name)
            .ToHashSet(StringComparer.Ordinal);
        return [.. catalog.Statuses.Where(status => status.Namespace == group.Metadata.Namespace && (!status.IsAccepted || selecting.Contains(status.Policy)))];
    }
}
