using System.Numerics;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;
using Onboarding.Protocol;

namespace Onboarding.Attestation.Oidc.Keys;

/// <summary>Reads a public key (RFC 7517 section 4, RFC 7518 section 6) that may verify signatures of tokens.</summary>
internal static class JwkReader
{
    private const int MaxExponentSize = 4;

    /// <summary>The key; null with why it may not be used.</summary>
    public static VerificationKey? TryRead(JsonElement jwk, string type, out string? fault)
    {
        fault = FindUseFault(jwk);
        if (fault is not null)
        {
            return null;
        }

        var key = type switch
        {
            JwtAlgorithm.Rsa => ReadRsa(jwk, out fault),
            JwtAlgorithm.EllipticCurve => ReadEllipticCurve(jwk, out fault),
            _ => null,
        };
        if (key is null)
        {
            fault ??= "the key is neither RSA nor EC";
        }

        return key;
    }

    private static string? FindUseFault(JsonElement jwk)
    {
        if (jwk.TryGetProperty("use"u8, out var use) && !(JsonText.TryGet(use, out var text) && string.Equals(text, "sig", StringComparison.Ordinal)))
        {
            return "the key's use is not \"sig\"";
        }

        if (jwk.TryGetProperty("key_ops"u8, out var operations)
            && !(operations.ValueKind == JsonValueKind.Array && operations.EnumerateArray().Any(IsVerify)))
        {
            return "the key's key_ops do not have \"verify\"";
        }

        return jwk.TryGetProperty("alg"u8, out var algorithm) && !JsonText.TryGet(algorithm, out _) ? "the key's alg is not a string" : null;
    }

    private static bool IsVerify(JsonElement operation) =>
        JsonText.TryGet(operation, out var text) && string.Equals(text, "verify", StringComparison.Ordinal);

    private static VerificationKey? ReadRsa(JsonElement jwk, out string? fault)
    {
        fault = null;
        if (!TryReadBytes(jwk, "n"u8, out var modulus) || !TryReadBytes(jwk, "e"u8, out var exponent))
        {
            fault = "the key's n or e is not base64url";
            return null;
        }

        var bits = new BigInteger(modulus, isUnsigned: true, isBigEndian: true).GetBitLength();
        if (bits is < OidcLimits.MinRsaBits or > OidcLimits.MaxRsaBits)
        {
            fault = $"the key has {bits} bits; RSA keys of {OidcLimits.MinRsaBits} to {OidcLimits.MaxRsaBits} bits are accepted";
            return null;
        }

        var value = new BigInteger(exponent, isUnsigned: true, isBigEndian: true);
        if (value.IsEven || value < 3 || value.GetByteCount(isUnsigned: true) > MaxExponentSize || modulus[^1] % 2 == 0)
        {
            fault = "the key's n and e are not an RSA key's";
            return null;
        }

        var key = new JsonWebKey { Kty = JwtAlgorithm.Rsa, N = Base64UrlText.Encode(modulus), E = Base64UrlText.Encode(exponent) };
        return new VerificationKey(key, (int)((bits + 7) / 8), OnlyAlgorithm(jwk));
    }

    private static VerificationKey? ReadEllipticCurve(JsonElement jwk, out string? fault)
    {
        var (curve, size) = JsonText.TryGet(jwk, "crv"u8, out var name) ? Curve(name) : default;
        if (size == 0)
        {
            fault = "the key's curve is none of P-256, P-384 and P-521";
            return null;
        }

        if (!TryReadBytes(jwk, "x"u8, out var x) || !TryReadBytes(jwk, "y"u8, out var y) || x.Length != size || y.Length != size || !IsOnCurve(curve, x, y))
        {
            fault = "the key's x and y are not a point of its curve";
            return null;
        }

        fault = null;
        var key = new JsonWebKey { Kty = JwtAlgorithm.EllipticCurve, Crv = name, X = Base64UrlText.Encode(x), Y = Base64UrlText.Encode(y) };
        return new VerificationKey(key, 2 * size, OnlyAlgorithm(jwk));
    }

    private static (ECCurve Curve, int Size) Curve(string name) => name switch
    {
        "P-256" => (ECCurve.NamedCurves.nistP256, 32),
        "P-384" => (ECCurve.NamedCurves.nistP384, 48),
        "P-521" => (ECCurve.NamedCurves.nistP521, 66),
        _ => default,
    };

    private static bool IsOnCurve(ECCurve curve, byte[] x, byte[] y)
    {
        try
        {
            using var key = ECDsa.Create(new ECParameters { Curve = curve, Q = new ECPoint { X = x, Y = y } });
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    /// <summary>The only algorithm that the key is meant for, where it says so (RFC 8725 section 3.1).</summary>
    private static string? OnlyAlgorithm(JsonElement jwk) => JsonText.TryGet(jwk, "alg"u8, out var name) ? name : null;

    private static bool TryReadBytes(JsonElement jwk, ReadOnlySpan<byte> member, out byte[] bytes)
    {
        bytes = [];
        if (!JsonText.TryGet(jwk, member, out var text) || !Base64UrlText.TryDecode(text, out var decoded) || decoded.Length == 0)
        {
            return false;
        }

        bytes = decoded;
        return true;
    }
}
