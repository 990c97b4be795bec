using System.Collections.Immutable;
using Onboarding.Core.Bootstrap;
using Onboarding.Core.Resources;

namespace Onboarding.Core.Workloads.Labels;

/// <summary>The label set of a workload: one, for the entry's <c>spec.labels</c> and <c>metadata.labels</c> and for what its proxy sends.</summary>
internal static class WorkloadLabels
{
    /// <summary>
    /// The group's labels, overlaid by its template's, then the agent's where they override nothing, then the two canonical labels as istiod
    /// computes them.
    /// </summary>
    public static ImmutableSortedDictionary<string, string> Compose(WorkloadGroup group, IEnumerable<KeyValuePair<string, string>> agent)
    {
        var labels = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        labels.AddRange(group.Labels);
        foreach (var (key, value) in group.Template.Labels)
        {
            labels[key] = value;
        }

        foreach (var (key, value) in agent)
        {
            labels.TryAdd(key, value);
        }

        labels[CanonicalService.NameLabel] = CanonicalService.NameOf(labels, group.Metadata.Name);
        labels[CanonicalService.RevisionLabel] = CanonicalService.RevisionOf(labels);
        return labels.ToImmutable();
    }
}
