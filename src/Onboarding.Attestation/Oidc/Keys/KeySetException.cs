namespace Onboarding.Attestation.Oidc.Keys;

/// <summary>A key set could not be had, or may not be used; the message says why, for the operator.</summary>
internal sealed class KeySetException(string message) : Exception(message);
