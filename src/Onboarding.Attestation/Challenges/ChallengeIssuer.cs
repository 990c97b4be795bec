using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Onboarding.Core;
using Onboarding.Core.Configuration;
using Onboarding.Core.Sessions;
using Onboarding.Protocol;

namespace Onboarding.Attestation.Challenges;

/// <summary>
/// Makes and reads challenges. Nothing is stored: a nonce is base64url of 16 random bytes, its expiry
/// (Unix milliseconds, big-endian) and 16 bytes of HMAC-SHA-256 over both and the uid.
/// That a nonce is used once is the workload's decider's to say.
/// </summary>
public sealed class ChallengeIssuer
{
    private const int RandomSize = 16;
    private const int ContentSize = RandomSize + sizeof(long);
    private const int MacSize = 16;
    private const int NonceSize = ContentSize + MacSize;
    private static readonly TimeSpan Validity = TimeSpan.FromSeconds(60);
    private static readonly int NonceLength = Base64Url.GetEncodedLength(NonceSize);

    private readonly IChallengeKeys keys;
    private readonly TimeProvider time;
    private readonly byte[] uid;

    /// <summary>Challenges of the endpoint that the configuration names.</summary>
    public ChallengeIssuer(IChallengeKeys keys, IOptionsSource options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        (this.keys, this.time) = (keys, time);
        uid = Encoding.UTF8.GetBytes(options.Uid);
    }

    /// <summary>A new challenge, good for 60 s.</summary>
    public Challenge Create()
    {
        var expiresAt = DateTimeOffset.FromUnixTimeMilliseconds((time.GetUtcNow() + Validity).ToUnixTimeMilliseconds());
        Span<byte> nonce = stackalloc byte[NonceSize];
        RandomNumberGenerator.Fill(nonce[..RandomSize]);
        BinaryPrimitives.WriteInt64BigEndian(nonce[RandomSize..ContentSize], expiresAt.ToUnixTimeMilliseconds());
        keys.Authenticate(Authenticated(nonce[..ContentSize]), nonce[ContentSize..]);
        return new Challenge(Base64UrlText.Encode(nonce), expiresAt);
    }

    /// <summary>The challenge of a nonce, or <c>credential_rejected</c> with what is wrong with it.</summary>
    public Outcome<Challenge> Read(string nonce)
    {
        ArgumentNullException.ThrowIfNull(nonce);
        if (nonce.Length != NonceLength || !Base64UrlText.TryDecode(nonce, out var bytes))
        {
            return Rejected("is not one of ours: its form");
        }

        var content = bytes.AsSpan(0, ContentSize);
        if (!keys.IsAuthentic(Authenticated(content), bytes.AsSpan(ContentSize)))
        {
            return Rejected("is not one of ours: its authentication code");
        }

        var expiresAt = DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64BigEndian(content[RandomSize..]));
        return time.GetUtcNow() < expiresAt ? new Challenge(nonce, expiresAt) : Rejected("has expired");
    }

    private static Refusal Rejected(string fault) => new(ProblemCodes.CredentialRejected, $"challenge: the nonce {fault}");

    private byte[] Authenticated(ReadOnlySpan<byte> content) => [.. content, .. uid];
}
