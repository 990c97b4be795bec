using Onboarding.Core.Resources;

namespace Onboarding.Core.Bootstrap;

/// <summary>Which Sidecar applies to a workload, by istiod's rule.</summary>
public static class SidecarSelection
{
    /// <summary>
    /// The first Sidecar of the workload's namespace whose selector its labels satisfy; else the first of the namespace without a selector;
    /// else the first of the root namespace without one.
    /// </summary>
    /// <param name="sidecars">All Sidecars, in order of creation.</param>
    /// <param name="namespace">The workload's namespace.</param>
    /// <param name="labels">What its proxy sends as labels.</param>
    /// <param name="rootNamespace">The mesh's root namespace.</param>
    public static Sidecar? Find(IReadOnlyList<Sidecar> sidecars, string @namespace, IReadOnlyDictionary<string, string> labels, string rootNamespace)
    {
        ArgumentNullException.ThrowIfNull(sidecars);
        ArgumentNullException.ThrowIfNull(labels);
        return sidecars.FirstOrDefault(sidecar => IsIn(sidecar, @namespace) && sidecar.WorkloadSelector is { } selector && IsSubset(selector, labels))
            ?? sidecars.FirstOrDefault(sidecar => IsIn(sidecar, @namespace) && sidecar.WorkloadSelector is null)
            ?? sidecars.FirstOrDefault(sidecar => IsIn(sidecar, rootNamespace) && sidecar.WorkloadSelector is null);
    }

    private static bool IsIn(Sidecar sidecar, string @namespace) => string.Equals(sidecar.Metadata.Namespace, @namespace, StringComparison.Ordinal);

    private static bool IsSubset(IEnumerable<KeyValuePair<string, string>> selector, IReadOnlyDictionary<string, string> labels) =>
        selector.All(label => labels.TryGetValue(label.Key, out var value) && string.Equals(value, label.Value, StringComparison.Ordinal));
}
