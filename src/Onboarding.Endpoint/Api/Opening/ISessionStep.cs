using Onboarding.Core;

namespace Onboarding.Endpoint.Api.Opening;

/// <summary>One step of opening a session. The steps run in the order in which they are registered, cheapest first; the first refusal ends the attempt.</summary>
internal interface ISessionStep
{
    /// <summary>Checks the attempt, or learns something about it; null: go on.</summary>
    ValueTask<Refusal?> CheckAsync(SessionAttempt attempt, CancellationToken cancellationToken);
}
