using Onboarding.Core.Identity;
using Onboarding.Core.Resources;

namespace Onboarding.Core.Policy;

/// <summary>A namespace of which nothing is known, or nothing recent enough: nobody may join anew, and nobody is removed.</summary>
internal sealed class NamespaceWithoutVerdict(NamespaceSnapshot? lastKnown) : NamespaceSnapshot
{
    /// <summary>Nothing was ever known.</summary>
    public static readonly NamespaceWithoutVerdict Unknown = new(null);

    private static readonly PolicyDecision Refusal = new(false, null, null, "the policies are not known") { Cause = DenialCause.NotAllowed };

    public override string? Version => null;

    public override DateTimeOffset AsOf => lastKnown?.AsOf ?? DateTimeOffset.MinValue;

    public override WorkloadGroup? FindGroup(string name) => lastKnown?.FindGroup(name);

    public override PolicyDecision Evaluate(WorkloadIdentity identity, string group, DateTimeOffset issuedAt) =>
        lastKnown?.Evaluate(identity, group, issuedAt) ?? Refusal;

    public override PolicyExplanation Explain(WorkloadIdentity identity, string group, DateTimeOffset issuedAt) =>
        lastKnown?.Explain(identity, group, issuedAt) ?? new PolicyExplanation(Refusal, []);
}
