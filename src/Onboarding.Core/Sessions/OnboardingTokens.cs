using System.Text;
using System.Text.Json;
using Onboarding.Protocol;

namespace Onboarding.Core.Sessions;

/// <summary>
/// Issues and verifies onboarding tokens: JWS compact serialization (RFC 7515), ES256, <c>typ: onboarding+jwt</c>. They are for this endpoint alone,
/// so it accepts no header but the very ones its keys write: neither <c>alg</c> nor <c>kid</c> nor anything else is a caller's choice.
/// </summary>
internal sealed class OnboardingTokens(string uid, SigningKeys keys)
{
    /// <summary>Longest token that is looked at, in characters.</summary>
    private const int MaxLength = 4096;

    // Between the clocks of two processes; an expiry has none.
    private static readonly TimeSpan Leeway = TimeSpan.FromSeconds(30);

    private readonly string issuer = $"urn:onboarding:{uid}";
    private readonly VerifiedTokens verified = new();

    public string Issue(TokenClaims claims)
    {
        var key = keys.Current.Active;
        var issuedAt = claims.IssuedAt.ToUnixTimeSeconds();
        var payload = new TokenPayload(
            issuer,
            uid,
            $"{claims.Group.Namespace}/{claims.WorkloadName}",
            claims.SessionId,
            claims.Epoch,
            claims.TokenId,
            issuedAt,
            issuedAt,
            claims.ExpiresAt.ToUnixTimeSeconds(),
            new(claims.KeyThumbprint),
            new(new(claims.Group.Namespace, claims.Group.Name), claims.WorkloadKey[(claims.WorkloadKey.LastIndexOf('/') + 1)..]));
        var signed = $"{key.TokenHeader}.{Base64UrlText.Encode(JsonSerializer.SerializeToUtf8Bytes(payload, TokenJson.Default.TokenPayload))}";
        Span<byte> signature = stackalloc byte[SigningKey.SignatureSize];
        key.Sign(Encoding.ASCII.GetBytes(signed), signature);
        var token = $"{signed}.{Base64UrlText.Encode(signature)}";
        verified.Add(Encoding.UTF8.GetBytes(token), key);
        return token;
    }

    /// <summary>Checks signature, type, issuer, audience and times.</summary>
    public Outcome<TokenClaims> Verify(string token, DateTimeOffset now)
    {
        if (token.Length > MaxLength || token.Split('.', 4) is not [var header, var body, var tail])
        {
            return Invalid("it is not an onboarding token");
        }

        if (keys.Current.FindByHeader(header) is not { } key)
        {
            return Invalid("its header is that of none of our keys");
        }

        var text = Encoding.UTF8.GetBytes(token);
        if (!verified.Contains(text, key) && !TryVerify(text, key, tail))
        {
            return Invalid("its signature is not ours");
        }

        return Read(body) is { } payload ? Check(payload, now) : Invalid("its claims are not an onboarding token's");
    }

    private bool TryVerify(byte[] text, SigningKey key, string tail)
    {
        var signed = text.AsSpan(0, text.Length - tail.Length - 1);
        if (!Base64UrlText.TryDecode(tail, out var signature) || signature.Length != SigningKey.SignatureSize || !key.Verify(signed, signature))
        {
            return false;
        }

        verified.Add(text, key);
        return true;
    }

    private static TokenPayload? Read(string body)
    {
        try
        {
            return Base64UrlText.TryDecode(body, out var json) ? JsonSerializer.Deserialize(json, TokenJson.Default.TokenPayload) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private Outcome<TokenClaims> Check(TokenPayload payload, DateTimeOffset now)
    {
        if (!string.Equals(payload.Iss, issuer, StringComparison.Ordinal) || !string.Equals(payload.Aud, uid, StringComparison.Ordinal))
        {
            return Invalid("it is another endpoint's");
        }

        if (Time(payload.Iat) is not { } issuedAt || Time(payload.Exp) is not { } expiresAt || payload.Nbf != payload.Iat)
        {
            return Invalid("its times are out of range");
        }

        if (issuedAt > now + Leeway)
        {
            return Invalid("it is not valid yet");
        }

        if (expiresAt <= now)
        {
            return new Refusal(ProblemCodes.TokenExpired, $"the token expired at {expiresAt:O}");
        }

        var group = payload.Claims.WorkloadGroup;
        return payload.Sub.StartsWith($"{group.Namespace}/", StringComparison.Ordinal)
            ? new TokenClaims(
                new(group.Namespace, group.Name),
                payload.Sub[(group.Namespace.Length + 1)..],
                $"{group.Namespace}/{group.Name}/{payload.Claims.Workload}",
                payload.Sid,
                payload.Jti,
                payload.Epoch,
                payload.Cnf.Jkt,
                issuedAt,
                expiresAt)
            : Invalid("its subject is not of its group's namespace");
    }

    private static DateTimeOffset? Time(long seconds) =>
        seconds is >= 0 and <= 253_402_300_799 ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;

    private static Refusal Invalid(string reason) => new(ProblemCodes.TokenInvalid, $"the onboarding token is not valid: {reason}");
}
