using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace Onboarding.Core.Sessions;

/// <summary>A key of a <see cref="SigningKeySet"/>: a P-256 key pair that signs onboarding tokens, and a secret that authenticates challenges.</summary>
public sealed class SigningKey
{
    internal const int CoordinateSize = 32;
    internal const int SecretSize = 32;
    internal const int SignatureSize = 64;
    private static readonly byte[] ChallengePurpose = "onboarding challenge v1"u8.ToArray();

    private readonly ECParameters parameters;
    private readonly byte[] secret;
    private readonly byte[] challengeKey;

    // An ECDsa instance serves one thread at a time.
    private readonly ConcurrentBag<ECDsa> idle = [];

    internal SigningKey(string kid, DateTimeOffset createdAt, DateTimeOffset? signsFrom, ECParameters parameters, byte[] secret)
    {
        Kid = kid;
        CreatedAt = createdAt;
        SignsFrom = signsFrom;
        this.parameters = parameters;
        this.secret = secret;
        challengeKey = HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, 32, info: ChallengePurpose);
        TokenHeader = Base64Url.EncodeToString(Encoding.UTF8.GetBytes($$"""{"alg":"ES256","kid":"{{kid}}","typ":"onboarding+jwt"}"""));
        Return(Rent());
    }

    /// <summary>The key's id: 1–64 characters of <c>A-Z a-z 0-9 _ -</c>.</summary>
    public string Kid { get; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; }

    /// <summary>When it begins to sign, announced so that every process has loaded it by then; null: when it is made the active one.</summary>
    public DateTimeOffset? SignsFrom { get; }

    /// <summary>The one protected header of the tokens it signs, base64url.</summary>
    internal string TokenHeader { get; }

    internal ECParameters Parameters => parameters;

    internal ReadOnlySpan<byte> Secret => secret;

    internal static SigningKey Create(DateTimeOffset createdAt, DateTimeOffset? signsFrom = null)
    {
        using var pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var exported = pair.ExportParameters(includePrivateParameters: true);
        var kid = Base64Url.EncodeToString(SHA256.HashData([.. exported.Q.X!, .. exported.Q.Y!]).AsSpan(0, 12));
        return new SigningKey(kid, createdAt, signsFrom, exported, RandomNumberGenerator.GetBytes(SecretSize));
    }

    /// <summary>ES256 (RFC 7518 section 3.4) in fixed-size form.</summary>
    internal void Sign(ReadOnlySpan<byte> data, Span<byte> signature)
    {
        var key = Rent();
        if (!key.TrySignData(data, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation, out var written)
            || written != SignatureSize)
        {
            throw new CryptographicException("an ES256 signature has 64 bytes");
        }

        Return(key);
    }

    internal bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        var key = Rent();
        var verified = key.VerifyData(data, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        Return(key);
        return verified;
    }

    internal void Authenticate(ReadOnlySpan<byte> content, Span<byte> mac)
    {
        Span<byte> whole = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(challengeKey, content, whole);
        whole[..mac.Length].CopyTo(mac);
    }

    private ECDsa Rent() => idle.TryTake(out var key) ? key : ECDsa.Create(parameters);

    private void Return(ECDsa key) => idle.Add(key);
}
