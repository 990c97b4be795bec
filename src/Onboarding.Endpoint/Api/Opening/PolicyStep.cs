using Onboarding.Core;
using Onboarding.Protocol;

namespace Onboarding.Endpoint.Api.Opening;

/// <summary>A policy allows the identity to join the group. No such group and no such policy are one answer.</summary>
internal sealed class PolicyStep : ISessionStep
{
    /// <inheritdoc/>
    public ValueTask<Refusal?> CheckAsync(SessionAttempt attempt, CancellationToken cancellationToken)
    {
        if (attempt.Policies is not { } policies || attempt.Group is not { } group)
        {
            return new(new Refusal(ProblemCodes.NotAuthorized, "there is no such WorkloadGroup"));
        }

        var attested = attempt.Attested!;
        var decision = policies.Evaluate(attested.Identity, group.Metadata.Name, attested.IssuedAt);
        attempt.Decision = decision;
        return new(decision.IsAllowed ? null : new Refusal(ProblemCodes.NotAuthorized, decision.Reason));
    }
}
