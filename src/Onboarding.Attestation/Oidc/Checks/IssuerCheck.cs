namespace Onboarding.Attestation.Oidc.Checks;

/// <summary>The issuer is a configured one, byte for byte; it chooses the only keys that may verify.</summary>
internal sealed class IssuerCheck(IssuerDirectory issuers) : IJwtCheck
{
    public string Name => "iss";

    public string? FindFault(JwtPresentation token)
    {
        if (!JsonText.TryGet(token.Claims, "iss"u8, out var issuer))
        {
            return "there is none";
        }

        token.Issuer = issuers.Find(issuer);
        return token.Issuer is null ? "no such issuer is configured" : null;
    }
}
