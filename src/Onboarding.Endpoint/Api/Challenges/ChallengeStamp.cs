using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Onboarding.Core.Configuration;
using Onboarding.Core.Sessions;
using Onboarding.Protocol;

namespace Onboarding.Endpoint.Api.Challenges;

/// <summary>
/// Makes and checks challenges without remembering them: 16 random bytes, the expiry in Unix seconds, and the first 16 bytes of an
/// HMAC-SHA-256 over both and the uid. Whether one was used before is the workload's decider's to know.
/// </summary>
internal sealed class ChallengeStamp(IChallengeKeys keys, IOptionsSource options, TimeProvider time)
{
    private const int RandomBytes = 16;
    private const int StampedBytes = RandomBytes + sizeof(long);
    private const int MacBytes = 16;
    private const int NonceBytes = StampedBytes + MacBytes;

    private static readonly TimeSpan Validity = TimeSpan.FromSeconds(60);

    /// <summary>A new challenge.</summary>
    public ChallengeResponse Create()
    {
        var expiresAt = DateTimeOffset.FromUnixTimeSeconds((time.GetUtcNow() + Validity).ToUnixTimeSeconds());
        Span<byte> nonce = stackalloc byte[NonceBytes];
        RandomNumberGenerator.Fill(nonce[..RandomBytes]);
        BinaryPrimitives.WriteInt64BigEndian(nonce[RandomBytes..], expiresAt.ToUnixTimeSeconds());
        keys.Authenticate(WithUid(nonce[..StampedBytes]), nonce[StampedBytes..]);
        return new ChallengeResponse(Base64UrlText.Encode(nonce), expiresAt);
    }

    /// <summary>Whether a nonce is a challenge of ours that has not expired.</summary>
    /// <returns>When it expires; null: it is not.</returns>
    public DateTimeOffset? Verify(string nonce)
    {
        if (!Base64UrlText.TryDecode(nonce, out var bytes) || bytes.Length != NonceBytes)
        {
            return null;
        }

        var stamped = bytes.AsSpan(0, StampedBytes);
        if (!keys.IsAuthentic(WithUid(stamped), bytes.AsSpan(StampedBytes)))
        {
            return null;
        }

        var expiresAt = DateTimeOffset.FromUnixTimeSeconds(BinaryPrimitives.ReadInt64BigEndian(stamped[RandomBytes..]));
        return time.GetUtcNow() < expiresAt ? expiresAt : null;
    }

    private byte[] WithUid(ReadOnlySpan<byte> stamped) => [.. stamped, .. Encoding.UTF8.GetBytes(options.Uid)];
}
