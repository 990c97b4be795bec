using Onboarding.Core;
using Onboarding.Endpoint.Api.Challenges;
using Onboarding.Protocol;

namespace Onboarding.Endpoint.Api.Opening;

/// <summary>A credential that is made for a challenge was made for one of ours that has not expired.</summary>
internal sealed class ChallengeStep(ChallengeStamp stamp) : ISessionStep
{
    /// <inheritdoc/>
    public ValueTask<Refusal?> CheckAsync(SessionAttempt attempt, CancellationToken cancellationToken)
    {
        if (attempt.Request.Credential is not IChallengedCredential challenged)
        {
            return default;
        }

        attempt.NonceExpiresAt = stamp.Verify(challenged.Nonce);
        return new(attempt.NonceExpiresAt is null
            ? new Refusal(ProblemCodes.CredentialRejected, "the nonce is not a challenge of ours, or has expired")
            : null);
    }
}
