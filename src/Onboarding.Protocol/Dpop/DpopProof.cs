using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Onboarding.Protocol.Dpop;

/// <summary>
/// Verifies proofs of possession (RFC 9449) as this API uses them: ES256 only, bound to method, host, path and token.
/// <c>jti</c> is required and not remembered, since every call that needs a proof is idempotent.
/// </summary>
public static class DpopProof
{
    internal const string Type = "dpop+jwt";
    internal const string Algorithm = "ES256";
    private const int MaxLength = 4096;
    private const int MaxTokenIdLength = 256;
    private const int SignatureLength = 64;
    private static readonly TimeSpan Leeway = TimeSpan.FromSeconds(60);

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 4 };

    /// <summary>Verifies the value of a <c>DPoP</c> header.</summary>
    /// <param name="proof">The header's value; null: the header is absent.</param>
    /// <param name="expectations">What it must say.</param>
    /// <param name="keys">Where keys are kept that were imported before; null: they are imported for this call.</param>
    public static DpopVerification Verify(string? proof, DpopExpectations expectations, SessionKeyPool? keys = null)
    {
        ArgumentNullException.ThrowIfNull(expectations);
        if (string.IsNullOrEmpty(proof))
        {
            return DpopVerification.Failed("there is no proof");
        }

        if (proof.Length > MaxLength)
        {
            return DpopVerification.Failed("the proof is too long");
        }

        var parts = proof.Split('.');
        if (parts.Length != 3
            || !Base64UrlText.TryDecode(parts[0], out var header)
            || !Base64UrlText.TryDecode(parts[1], out var claims)
            || !Base64UrlText.TryDecode(parts[2], out var signature))
        {
            return DpopVerification.Failed("the proof is not a JWT");
        }

        try
        {
            var key = ReadHeader(header, out var failure);
            failure ??= VerifySignature(key!, parts, signature, keys) ?? CheckClaims(claims, expectations);
            return failure is null ? DpopVerification.Proven(key!.Thumbprint()) : DpopVerification.Failed(failure);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or DecoderFallbackException)
        {
            return DpopVerification.Failed("the proof is not valid JSON");
        }
    }

    private static SessionKey? ReadHeader(byte[] json, out string? failure)
    {
        using var document = JsonDocument.Parse(json, Strict);
        var header = document.RootElement;
        failure = header.ValueKind != JsonValueKind.Object ? "the header is not an object"
            : !Is(header, "typ", Type) ? "typ is not dpop+jwt"
            : !Is(header, "alg", Algorithm) ? "alg is not ES256"
            : header.TryGetProperty("crit", out _) ? "crit is not supported"
            : null;
        if (failure is not null)
        {
            return null;
        }

        if (!header.TryGetProperty("jwk", out var jwk) || jwk.ValueKind != JsonValueKind.Object)
        {
            failure = "jwk is absent";
            return null;
        }

        if (jwk.TryGetProperty("d", out _))
        {
            failure = "jwk has a private part";
            return null;
        }

        return new SessionKey(Text(jwk, "kty") ?? "", Text(jwk, "crv") ?? "", Text(jwk, "x") ?? "", Text(jwk, "y") ?? "");
    }

    private static string? VerifySignature(SessionKey key, string[] parts, byte[] signature, SessionKeyPool? keys)
    {
        var imported = keys is null ? key.TryImport() : keys.Rent(key);
        if (imported is null)
        {
            return "jwk is not a P-256 key";
        }

        var signed = Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}");
        var isGood = signature.Length == SignatureLength
            && imported.VerifyData(signed, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        if (keys is null || !isGood)
        {
            imported.Dispose();
        }
        else
        {
            keys.Return(key, imported);
        }

        return isGood ? null : "the signature is not the key's";
    }

    private static string? CheckClaims(byte[] json, DpopExpectations expected)
    {
        using var document = JsonDocument.Parse(json, Strict);
        var claims = document.RootElement;
        if (claims.ValueKind != JsonValueKind.Object)
        {
            return "the claims are not an object";
        }

        if (Text(claims, "jti") is not { Length: > 0 and <= MaxTokenIdLength })
        {
            return "jti is absent or too long";
        }

        if (!Is(claims, "htm", expected.Method))
        {
            return "htm is not the method";
        }

        if (!DpopTarget.Matches(Text(claims, "htu"), expected.Hosts, expected.Path))
        {
            return "htu is not the call's: it has another path, or a host that is not one of onboarding.endpoint.hosts";
        }

        if (!IsRecent(claims, expected.Now))
        {
            return "iat is not within 60 s";
        }

        return Is(claims, "ath", Sha256Text.Base64Url(expected.Token)) ? null : "ath is not the token's";
    }

    private static bool IsRecent(JsonElement claims, DateTimeOffset now)
    {
        if (!claims.TryGetProperty("iat", out var iat) || iat.ValueKind != JsonValueKind.Number || !iat.TryGetInt64(out var seconds))
        {
            return false;
        }

        var earliest = (now - Leeway).ToUnixTimeSeconds();
        var latest = (now + Leeway).ToUnixTimeSeconds();
        return seconds >= earliest && seconds <= latest;
    }

    private static bool Is(JsonElement element, string name, string expected) =>
        string.Equals(Text(element, name), expected, StringComparison.Ordinal);

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
