namespace Onboarding.Attestation.Oidc.Checks;

/// <summary>An onboarding token of ours is no credential: it would prolong itself for ever.</summary>
internal sealed class OwnTokenCheck : IJwtCheck
{
    private const string OwnType = "onboarding+jwt";
    private const string OwnIssuerPrefix = "urn:onboarding:";

    public string Name => "own token";

    public string? FindFault(JwtPresentation token)
    {
        if (JsonText.TryGet(token.Header, "typ"u8, out var type) && string.Equals(type, OwnType, StringComparison.OrdinalIgnoreCase))
        {
            return "it is an onboarding token";
        }

        return JsonText.TryGet(token.Claims, "iss"u8, out var issuer)
            && (issuer.StartsWith(OwnIssuerPrefix, StringComparison.Ordinal) || string.Equals(issuer, token.Uid, StringComparison.Ordinal))
            ? "an onboarding endpoint issued it"
            : null;
    }
}
