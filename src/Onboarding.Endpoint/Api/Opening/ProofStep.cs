using Onboarding.Core;
using Onboarding.Endpoint.Api.Limits;

namespace Onboarding.Endpoint.Api.Opening;

/// <summary>
/// Whoever can prove what the credential claims does. The turn to open a session is given back meanwhile: whoever waits for an answer costs us
/// nothing, and holds nobody up.
/// </summary>
internal sealed class ProofStep(ApiLimits limits) : ISessionStep
{
    /// <inheritdoc/>
    public async ValueTask<Refusal?> CheckAsync(SessionAttempt attempt, CancellationToken cancellationToken)
    {
        if (attempt.Claim is not { } claim)
        {
            return null;
        }

        attempt.Turn?.Dispose();
        var proven = await claim.ProveAsync(attempt.NeedsRole, cancellationToken);
        if (!proven.IsGranted)
        {
            return proven.Refusal;
        }

        attempt.Attested = proven.Value;
        return await attempt.EnterAsync(limits, cancellationToken);
    }
}
