using System.Text.Json;

namespace Onboarding.Attestation.Oidc.Checks;

/// <summary>A token with <c>cnf.jkt</c> is good only with that session key (RFC 7800 section 3.1, RFC 9449 section 6.1).</summary>
internal sealed class KeyBindingCheck : IJwtCheck
{
    public string Name => "cnf";

    public string? FindFault(JwtPresentation token)
    {
        if (!token.Claims.TryGetProperty("cnf"u8, out var confirmation))
        {
            return null;
        }

        if (confirmation.ValueKind != JsonValueKind.Object)
        {
            return "it is not an object";
        }

        if (!confirmation.TryGetProperty("jkt"u8, out var member))
        {
            return null;
        }

        token.BoundKey = JsonText.TryGet(member, out var thumbprint) ? thumbprint : null;
        return string.Equals(token.BoundKey, token.KeyThumbprint, StringComparison.Ordinal) ? null : "the token is bound to another key";
    }
}
