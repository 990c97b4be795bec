using Onboarding.Core.Identity;
using Onboarding.Core.Resources;

namespace Onboarding.Core.Policy;

/// <summary>
/// A namespace of which nothing is known, or nothing recent enough: nobody may join anew, and nobody is removed but those whom the configuration,
/// which is known, keeps out.
/// </summary>
internal sealed class NamespaceWithoutVerdict(string name, NamespaceSnapshot? lastKnown, DenyList denyList, string atOnceVersion) : NamespaceSnapshot
{
    private static readonly PolicyDecision Refusal = new(false, null, null, "the policies are not known") { Cause = DenialCause.NotAllowed };

    public override string? Version => null;

    public override string? AtOnceVersion => atOnceVersion;

    public override DateTimeOffset AsOf => lastKnown?.AsOf ?? DateTimeOffset.MinValue;

    public override WorkloadGroup? FindGroup(string name) => lastKnown?.FindGroup(name);

    public override PolicyDecision Evaluate(WorkloadIdentity identity, string group, DateTimeOffset issuedAt) =>
        lastKnown?.Evaluate(identity, group, issuedAt) ?? EvaluateUnknown(identity, group, issuedAt);

    public override PolicyExplanation Explain(WorkloadIdentity identity, string group, DateTimeOffset issuedAt) =>
        lastKnown?.Explain(identity, group, issuedAt) ?? new PolicyExplanation(EvaluateUnknown(identity, group, issuedAt), []);

    private PolicyDecision EvaluateUnknown(WorkloadIdentity identity, string group, DateTimeOffset issuedAt) =>
        denyList.Refuse(name, group, identity, issuedAt) ?? Refusal;
}
