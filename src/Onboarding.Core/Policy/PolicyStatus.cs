using System.Collections.Frozen;
using Onboarding.Core.Resources;

namespace Onboarding.Core.Policy;

/// <summary>The status of an OnboardingPolicy.</summary>
/// <param name="Namespace">Its namespace.</param>
/// <param name="Policy">Its name.</param>
/// <param name="ObservedGeneration">The generation it was computed from; 0 for what comes from files.</param>
/// <param name="IsAccepted">Condition <c>Accepted</c>; an invalid policy authorizes nobody.</param>
/// <param name="Reason"><c>Accepted</c>, <c>Invalid</c>, or <c>TooWide</c> or <c>UnprovenClaims</c> where a matcher matches nobody as it is written.</param>
/// <param name="Message">For people, with field paths; empty where all is well.</param>
/// <param name="MatchedWorkloadGroups">How many groups of the namespace its rules select.</param>
public sealed record PolicyStatus(
    string Namespace,
    string Policy,
    long ObservedGeneration,
    bool IsAccepted,
    string Reason,
    string Message,
    int MatchedWorkloadGroups)
{
    internal static PolicyStatus Of(OnboardingPolicy policy, IReadOnlyCollection<WorkloadGroup> groups, FrozenSet<string> openIssuers)
    {
        var metadata = policy.Metadata;
        if (!IsValid(policy))
        {
            var problems = policy.Problems.IsEmpty ? "spec.allow: is required" : string.Join("; ", policy.Problems);
            return new(metadata.Namespace, metadata.Name, metadata.Generation, IsAccepted: false, "Invalid", problems, MatchedWorkloadGroups: 0);
        }

        var flaws = Flaws(policy, openIssuers).ToList();
        return new(
            metadata.Namespace,
            metadata.Name,
            metadata.Generation,
            IsAccepted: true,
            flaws.Count == 0 ? "Accepted" : flaws[0].Flaw.Reason,
            string.Join("; ", flaws.Select(found => $"{found.Path}: {found.Flaw.Message}")),
            groups.Count(group => policy.Allow.Any(rule => rule.OnboardTo.Any(selector => selector.Matches(group.Metadata.Labels)))));
    }

    /// <summary>Whether a policy may authorize anybody.</summary>
    internal static bool IsValid(OnboardingPolicy policy) => policy.Problems.IsEmpty && !policy.Allow.IsEmpty;

    private static IEnumerable<(string Path, MatcherFlaw Flaw)> Flaws(OnboardingPolicy policy, FrozenSet<string> openIssuers) =>
        from rule in policy.Allow.Index()
        from matcher in rule.Item.Workloads.Index()
        let flaw = MatcherFlaw.Find(matcher.Item, openIssuers)
        where flaw is not null
        select ($"spec.allow[{rule.Index}].workloads[{matcher.Index}]", flaw);
}
