namespace Onboarding.Attestation.Challenges;

/// <summary>A challenge that this endpoint, or another process with its keys, made and that has not expired.</summary>
/// <param name="Nonce">The nonce, as it was given out.</param>
/// <param name="ExpiresAt">When it stops being accepted.</param>
public sealed record Challenge(string Nonce, DateTimeOffset ExpiresAt);
