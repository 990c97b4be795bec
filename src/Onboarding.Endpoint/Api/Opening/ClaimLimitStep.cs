using Onboarding.Core;
using Onboarding.Endpoint.Api.Limits;

namespace Onboarding.Endpoint.Api.Opening;

/// <summary>Not too many attempts with one claim from one client address.</summary>
internal sealed class ClaimLimitStep(ApiLimits limits) : ISessionStep
{
    /// <inheritdoc/>
    public ValueTask<Refusal?> CheckAsync(SessionAttempt attempt, CancellationToken cancellationToken) =>
        new(limits.CountClaim(attempt.Client, attempt.Request.WorkloadGroup, attempt.Request.InstanceId));
}
