using System.Collections.Immutable;
using System.Text.Json;

namespace Onboarding.Attestation.Oidc;

/// <summary>A token as it was shown, read once; what was signed and what the checks read are the same bytes.</summary>
internal sealed class JwtPresentation : IDisposable
{
    private readonly JsonDocument header;
    private readonly JsonDocument claims;

    private JwtPresentation(JsonDocument header, JsonDocument claims, byte[] signingInput, byte[] signature) =>
        (this.header, this.claims, SigningInput, Signature) = (header, claims, signingInput, signature);

    /// <summary>The header, an object.</summary>
    public JsonElement Header => header.RootElement;

    /// <summary>The claims, an object.</summary>
    public JsonElement Claims => claims.RootElement;

    /// <summary>What the signature is over (RFC 7515 section 5.2).</summary>
    public byte[] SigningInput { get; }

    /// <summary>The signature.</summary>
    public byte[] Signature { get; }

    /// <summary>The moment all checks refer to.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>The endpoint's uid.</summary>
    public required string Uid { get; init; }

    /// <summary>RFC 7638 thumbprint of the session's key that the token was shown with.</summary>
    public required string KeyThumbprint { get; init; }

    /// <summary>The issuer, once it is known to be a configured one.</summary>
    public TrustedIssuer? Issuer { get; set; }

    /// <summary>The algorithm, once it is known to be one that tokens may have.</summary>
    public JwtAlgorithm? Algorithm { get; set; }

    /// <summary>The header's <c>kid</c>; null: it has none.</summary>
    public string? KeyId { get; set; }

    /// <summary>When the token was issued, or the earliest moment it can have been.</summary>
    public DateTimeOffset IssuedAt { get; set; }

    /// <summary>When it expires, without leeway.</summary>
    public DateTimeOffset ExpiresAt { get; set; }

    /// <summary>The thumbprint in <c>cnf.jkt</c>; null: it has none.</summary>
    public string? BoundKey { get; set; }

    /// <summary>The subject, where the issuer's configuration says it is.</summary>
    public string Subject { get; set; } = "";

    /// <summary>The string attributes, where the issuer's configuration says they are.</summary>
    public ImmutableSortedDictionary<string, string> Attributes { get; set; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Reads a token in JWS compact serialization.</summary>
    /// <returns>Null with what is wrong in <paramref name="fault"/>.</returns>
    public static JwtPresentation? Read(string token, DateTimeOffset now, string uid, string keyThumbprint, out string? fault)
    {
        if (!JwsCompact.TryRead(token, out var jws, out fault))
        {
            return null;
        }

        var head = JsonText.TryParseObject(jws.Header);
        var body = head is null ? null : JsonText.TryParseObject(jws.Payload);
        if (head is null || body is null)
        {
            fault = $"the {(head is null ? "header" : "payload")} is not a JSON object of unique members";
            head?.Dispose();
            return null;
        }

        return new JwtPresentation(head, body, jws.SigningInput, jws.Signature) { Now = now, Uid = uid, KeyThumbprint = keyThumbprint };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        header.Dispose();
        claims.Dispose();
    }
}
