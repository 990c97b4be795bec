using Onboarding.Core;
using Onboarding.Endpoint.Api.Validation;

namespace Onboarding.Endpoint.Api.Opening;

/// <summary>The request has the shape it must have; the session's key is a point of P-256.</summary>
internal sealed class ShapeStep : ISessionStep
{
    /// <inheritdoc/>
    public ValueTask<Refusal?> CheckAsync(SessionAttempt attempt, CancellationToken cancellationToken)
    {
        var refusal = OpenSessionValidator.Validate(attempt.Request);
        if (refusal is null && attempt.Request.Key.TryThumbprint(out var thumbprint))
        {
            attempt.KeyThumbprint = thumbprint;
            return default;
        }

        return new(refusal ?? InvalidField.At("key", "must be the public JWK of a P-256 key: kty EC, crv P-256, x and y of 32 bytes in base64url"));
    }
}
