namespace Onboarding.Attestation.Oidc.Checks;

/// <summary>Extensions that must be understood are not (RFC 7515 section 4.1.11). Keys that a header brings along are never looked at.</summary>
internal sealed class CriticalHeaderCheck : IJwtCheck
{
    public string Name => "crit";

    public string? FindFault(JwtPresentation token) => token.Header.TryGetProperty("crit"u8, out _) ? "it is present" : null;
}
