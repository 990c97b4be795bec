using System.Text.Json;

namespace Onboarding.Attestation.Oidc.Keys;

/// <summary>
/// Reads a JSON Web Key Set (RFC 7517 section 5). A set with a symmetric key or a private part is refused whole: who
/// published that has lost it. A key that cannot verify our tokens is left out, with the reason.
/// </summary>
internal static class JwkSetReader
{
    private static readonly string[] PrivateMembers = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];

    /// <summary>Reads a set.</summary>
    /// <exception cref="KeySetException">It may not be used.</exception>
    public static KeySet Read(ReadOnlyMemory<byte> utf8)
    {
        using var document = JsonText.TryParseObject(utf8) ?? throw new KeySetException("the key set is not a JSON object of unique members");
        if (!document.RootElement.TryGetProperty("keys"u8, out var keys) || keys.ValueKind != JsonValueKind.Array)
        {
            throw new KeySetException("the key set has no array \"keys\"");
        }

        if (keys.GetArrayLength() > OidcLimits.Keys)
        {
            throw new KeySetException($"the key set has {keys.GetArrayLength()} keys; at most {OidcLimits.Keys} are accepted");
        }

        return new KeySet([.. keys.EnumerateArray().Select(ReadKey)]);
    }

    private static KeySetEntry ReadKey(JsonElement jwk)
    {
        if (jwk.ValueKind != JsonValueKind.Object || !JsonText.TryGet(jwk, "kty"u8, out var type))
        {
            throw new KeySetException("the key set has a key without \"kty\"");
        }

        if (string.Equals(type, "oct", StringComparison.Ordinal))
        {
            throw new KeySetException($"key {NameOf(jwk)} of the key set is symmetric: whoever can read the set can sign");
        }

        if (Array.Find(PrivateMembers, member => jwk.TryGetProperty(member, out _)) is { } part)
        {
            throw new KeySetException($"key {NameOf(jwk)} of the key set has a private part, \"{part}\": whoever can read the set can sign");
        }

        var keyId = JsonText.TryGet(jwk, "kid"u8, out var kid) ? kid : null;
        var key = JwkReader.TryRead(jwk, type, out var fault);
        return new KeySetEntry(keyId, key, fault);
    }

    /// <summary>The key's id as JSON, which has no raw control characters, cut.</summary>
    private static string NameOf(JsonElement jwk)
    {
        const int MaxLength = 100;
        var name = jwk.TryGetProperty("kid"u8, out var kid) ? kid.GetRawText() : "without kid";
        return name.Length > MaxLength ? name[..MaxLength] : name;
    }
}
