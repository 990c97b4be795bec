namespace Onboarding.Attestation.Oidc.Checks;

/// <summary><c>typ</c> is absent, <c>JWT</c> or <c>at+jwt</c>, in any case (RFC 7519 section 5.1, RFC 9068 section 2.1, RFC 8725 section 3.11).</summary>
internal sealed class TypeCheck : IJwtCheck
{
    public string Name => "typ";

    public string? FindFault(JwtPresentation token)
    {
        if (!token.Header.TryGetProperty("typ"u8, out var type))
        {
            return null;
        }

        return JsonText.TryGet(type, out var text)
            && (text.Equals("JWT", StringComparison.OrdinalIgnoreCase) || text.Equals("at+jwt", StringComparison.OrdinalIgnoreCase))
            ? null
            : "it is another type than JWT and at+jwt";
    }
}
