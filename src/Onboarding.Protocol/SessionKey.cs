using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Onboarding.Protocol;

/// <summary>The public half of a session's key pair: a P-256 JSON Web Key (RFC 7517, RFC 7518 section 6.2).</summary>
/// <param name="Kty">Always <c>EC</c>.</param>
/// <param name="Crv">Always <c>P-256</c>.</param>
/// <param name="X">The x coordinate: base64url of 32 bytes.</param>
/// <param name="Y">The y coordinate: base64url of 32 bytes.</param>
public sealed record SessionKey(string Kty, string Crv, string X, string Y)
{
    internal const string EllipticCurve = "EC";
    internal const string P256 = "P-256";

    /// <summary>The RFC 7638 thumbprint (SHA-256, base64url) of a key that is a point of the curve.</summary>
    /// <returns>False when the key is not a valid P-256 key.</returns>
    public bool TryThumbprint([NotNullWhen(true)] out string? thumbprint)
    {
        thumbprint = TryReadPoint(out _) ? Thumbprint() : null;
        return thumbprint is not null;
    }

    /// <summary>The key for verification; null when it is not a valid P-256 key.</summary>
    internal ECDsa? TryImport()
    {
        if (!TryReadPoint(out var point))
        {
            return null;
        }

        try
        {
            return ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = point });
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>RFC 7638 section 3: the required members in lexicographic order, without white space.</summary>
    internal string Thumbprint() => Sha256Text.Base64Url($$"""{"crv":"{{Crv}}","kty":"{{Kty}}","x":"{{X}}","y":"{{Y}}"}""");

    private bool TryReadPoint(out ECPoint point)
    {
        point = default;
        if (!string.Equals(Kty, EllipticCurve, StringComparison.Ordinal)
            || !string.Equals(Crv, P256, StringComparison.Ordinal)
            || !Base64UrlText.TryDecode(X, out var x)
            || !Base64UrlText.TryDecode(Y, out var y)
            || !CurveP256.Contains(x, y))
        {
            return false;
        }

        point = new ECPoint { X = x, Y = y };
        return true;
    }
}
