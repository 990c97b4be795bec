using Onboarding.Core;
using Onboarding.Core.Configuration;

namespace Onboarding.Attestation.Oidc.Keys;

/// <summary>The keys of one issuer.</summary>
internal interface IIssuerKeys : IDisposable
{
    /// <summary>The one key with exactly that id that fits the algorithm; <c>unavailable</c> when that cannot be said now.</summary>
    /// <param name="keyId">The token's <c>kid</c>; null: it has none, then exactly one key of the issuer must fit.</param>
    /// <param name="algorithm">The token's algorithm.</param>
    /// <param name="cancellationToken">The caller's; it ends the wait, never the fetch.</param>
    ValueTask<Outcome<VerificationKey>> FindAsync(string? keyId, JwtAlgorithm algorithm, CancellationToken cancellationToken);
}

/// <summary>Makes the keys of a configured issuer.</summary>
internal interface IIssuerKeysFactory
{
    /// <summary>Its keys, from where the configuration says they are.</summary>
    IIssuerKeys Create(JwtIssuerOptions issuer);
}
