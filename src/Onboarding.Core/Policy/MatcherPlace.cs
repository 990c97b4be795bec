namespace Onboarding.Core.Policy;

/// <summary>Where a matcher stands in its namespace; of several that allow, the first is named.</summary>
/// <param name="Order">Its place among all matchers of the namespace: by policy name, rule, matcher.</param>
/// <param name="Policy">Its policy.</param>
/// <param name="Rule">Index of its rule in <c>allow[]</c>.</param>
/// <param name="Workload">Its index in <c>workloads[]</c>.</param>
internal sealed record MatcherPlace(int Order, string Policy, int Rule, int Workload)
{
    /// <inheritdoc/>
    public override string ToString() => $"policy {Quoted.Of(Policy)}, rule {Rule}, workload {Workload}";
}
