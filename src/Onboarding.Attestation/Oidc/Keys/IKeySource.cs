namespace Onboarding.Attestation.Oidc.Keys;

/// <summary>Where an issuer's key set comes from.</summary>
internal interface IKeySource
{
    /// <summary>The key set as it stands now.</summary>
    /// <exception cref="KeySetException">There is none, or it may not be used.</exception>
    Task<KeySet> FetchAsync(CancellationToken cancellationToken);
}
