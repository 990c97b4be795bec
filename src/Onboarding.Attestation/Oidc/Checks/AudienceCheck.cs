using System.Text.Json;

namespace Onboarding.Attestation.Oidc.Checks;

/// <summary><c>aud</c> contains the uid, or one of the issuer's <c>audiences</c> where it has any: those replace the uid.</summary>
internal sealed class AudienceCheck : IJwtCheck
{
    public string Name => "aud";

    public string? FindFault(JwtPresentation token)
    {
        if (!token.Claims.TryGetProperty("aud"u8, out var audience))
        {
            return "there is none";
        }

        var found = audience.ValueKind == JsonValueKind.Array
            ? audience.EnumerateArray().Any(element => IsOurs(element, token))
            : IsOurs(audience, token);
        return found ? null : "the token is for somebody else";
    }

    private static bool IsOurs(JsonElement element, JwtPresentation token)
    {
        if (!JsonText.TryGet(element, out var audience))
        {
            return false;
        }

        var accepted = token.Issuer!.Options.Audiences;
        return accepted.IsEmpty
            ? string.Equals(audience, token.Uid, StringComparison.Ordinal)
            : accepted.Contains(audience, StringComparer.Ordinal);
    }
}
