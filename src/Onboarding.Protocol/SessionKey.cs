namespace Onboarding.Protocol;

/// <summary>The public half of a session's key pair: a P-256 JSON Web Key (RFC 7517, RFC 7518 section 6.2).</summary>
/// <param name="Kty">Always <c>EC</c>.</param>
/// <param name="Crv">Always <c>P-256</c>.</param>
/// <param name="X">The x coordinate: base64url of 32 bytes.</param>
/// <param name="Y">The y coordinate: base64url of 32 bytes.</param>
public sealed record SessionKey(string Kty, string Crv, string X, string Y);
