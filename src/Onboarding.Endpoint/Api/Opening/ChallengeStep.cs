using Onboarding.Attestation.Challenges;
using Onboarding.Core;
using Onboarding.Protocol;

namespace Onboarding.Endpoint.Api.Opening;

/// <summary>A credential that is made for a challenge was made for one of ours that has not expired.</summary>
internal sealed class ChallengeStep(ChallengeIssuer challenges) : ISessionStep
{
    /// <inheritdoc/>
    public ValueTask<Refusal?> CheckAsync(SessionAttempt attempt, CancellationToken cancellationToken)
    {
        if (attempt.Request.Credential is not IChallengedCredential challenged)
        {
            return default;
        }

        var challenge = challenges.Read(challenged.Nonce);
        attempt.NonceExpiresAt = challenge.Value?.ExpiresAt;
        return new(challenge.Refusal);
    }
}
