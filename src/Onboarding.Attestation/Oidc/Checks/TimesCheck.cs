using System.Text.Json;

namespace Onboarding.Attestation.Oidc.Checks;

/// <summary>
/// <c>exp</c> is required and ahead; <c>nbf</c> and <c>iat</c>, where present, are not; all with the leeway.
/// The lifetime is at most the issuer's <c>maxTokenLifetime</c> (RFC 7519 section 4.1).
/// </summary>
internal sealed class TimesCheck : IJwtCheck
{
    private static readonly double LastSecond = DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    public string Name => "times";

    public string? FindFault(JwtPresentation token)
    {
        if (!TryRead(token.Claims, "exp"u8, out var expires) || !TryRead(token.Claims, "nbf"u8, out var notBefore) || !TryRead(token.Claims, "iat"u8, out var issued))
        {
            return "exp, nbf or iat is not a time";
        }

        return expires is { } expiresAt ? FindFault(token, expiresAt, notBefore, issued) : "there is no exp";
    }

    private static string? FindFault(JwtPresentation token, DateTimeOffset expires, DateTimeOffset? notBefore, DateTimeOffset? issued)
    {
        var latest = token.Now + OidcLimits.Leeway;
        var maxLifetime = token.Issuer!.Options.MaxTokenLifetime;
        token.ExpiresAt = expires;

        // Without iat it can have been issued as early as its longest lifetime allows; a deny list's "before" means that.
        token.IssuedAt = issued ?? Earliest(expires, maxLifetime);
        return expires <= token.Now - OidcLimits.Leeway ? "it has expired"
            : notBefore > latest ? "nbf is in the future"
            : issued > latest ? "iat is in the future"
            : expires - (issued ?? latest) > maxLifetime ? "its lifetime is longer than the issuer's maxTokenLifetime"
            : null;
    }

    private static DateTimeOffset Earliest(DateTimeOffset expires, TimeSpan lifetime) =>
        expires - DateTimeOffset.UnixEpoch > lifetime ? expires - lifetime : DateTimeOffset.UnixEpoch;

    /// <summary>Reads a NumericDate: seconds since 1970, perhaps with a fraction. False: something else is there.</summary>
    private static bool TryRead(JsonElement claims, ReadOnlySpan<byte> name, out DateTimeOffset? time)
    {
        time = null;
        if (!claims.TryGetProperty(name, out var member))
        {
            return true;
        }

        if (member.ValueKind != JsonValueKind.Number || !member.TryGetDouble(out var seconds) || !(seconds >= 0 && seconds <= LastSecond))
        {
            return false;
        }

        time = DateTimeOffset.UnixEpoch.AddSeconds(seconds);
        return true;
    }
}
