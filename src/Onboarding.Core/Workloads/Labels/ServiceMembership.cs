using System.Collections.Immutable;
using Onboarding.Core.Resources;

namespace Onboarding.Core.Workloads.Labels;

/// <summary>Which Services a workload becomes an endpoint of.</summary>
internal static class ServiceMembership
{
    /// <summary>Services of the workload's namespace that select it by its labels, but would not by those it has without its agent's.</summary>
    public static ImmutableArray<string> GainedBy(
        string @namespace,
        IEnumerable<ServiceSummary> services,
        ImmutableSortedDictionary<string, string> labels,
        ImmutableSortedDictionary<string, string> withoutAgent) =>
        [.. services
            .Where(service => service.Namespace == @namespace && Selects(service, labels) && !Selects(service, withoutAgent))
            .Select(service => service.Name)];

    private static bool Selects(ServiceSummary service, ImmutableSortedDictionary<string, string> labels) =>
        service.Selector is { IsEmpty: false } selector
        && selector.All(wanted => labels.TryGetValue(wanted.Key, out var value) && value == wanted.Value);
}
