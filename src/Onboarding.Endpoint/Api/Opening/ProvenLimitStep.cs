using Onboarding.Core;
using Onboarding.Core.Identity;
using Onboarding.Endpoint.Api.Limits;

namespace Onboarding.Endpoint.Api.Opening;

/// <summary>Not too many sessions opened by one proven identity in one group.</summary>
internal sealed class ProvenLimitStep(ApiLimits limits) : ISessionStep
{
    /// <inheritdoc/>
    public ValueTask<Refusal?> CheckAsync(SessionAttempt attempt, CancellationToken cancellationToken)
    {
        var group = attempt.Request.WorkloadGroup;
        return new(limits.CountProven(WorkloadKey.Of(group.Namespace, group.Name, attempt.Attested!.Identity)));
    }
}
