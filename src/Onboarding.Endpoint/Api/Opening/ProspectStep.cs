using Onboarding.Core;
using Onboarding.Core.Identity;
using Onboarding.Endpoint.Api.Limits;
using Onboarding.Protocol;

namespace Onboarding.Endpoint.Api.Opening;

/// <summary>
/// What is only claimed so far could be allowed, and is not claimed too often: only then is somebody else asked about it. A stranger provokes
/// nothing, and no such group and no such policy are one answer.
/// </summary>
internal sealed class ProspectStep(ApiLimits limits, TimeProvider time) : ISessionStep
{
    /// <inheritdoc/>
    public ValueTask<Refusal?> CheckAsync(SessionAttempt attempt, CancellationToken cancellationToken)
    {
        if (attempt.Claim is not { Identity: var identity })
        {
            return default;
        }

        if (attempt.Policies is not { } policies || attempt.Group is not { } group)
        {
            return new(new Refusal(ProblemCodes.NotAuthorized, "there is no such WorkloadGroup"));
        }

        var name = group.Metadata.Name;
        var prospect = policies.Foresee(identity, name, time.GetUtcNow());
        attempt.NeedsRole = prospect.NeedsRole;
        return new(prospect.Decision.IsAllowed
            ? limits.CountClaimed(attempt.Client, WorkloadKey.Of(group.Metadata.Namespace, name, identity))
            : new Refusal(ProblemCodes.NotAuthorized, prospect.Decision.Reason));
    }
}
