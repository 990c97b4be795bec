using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Onboarding.Core.Sessions;

/// <summary>
/// Tokens whose signature is known to be good, made here or verified before, by SHA-256 of their text: a fleet shows the same ones at each heartbeat, and
/// to verify them was most of what that costs. Only the signature is spared. Times, session, epoch and policy are checked at every call, and a key that is not in the set any more is
/// not asked for here, so its tokens end with it.
/// </summary>
/// <remarks>Bounded: a token takes the place of whichever had it, which is then verified again.</remarks>
internal sealed class VerifiedTokens
{
    /// <summary>Most tokens that are remembered; each takes some 64 bytes.</summary>
    public const int Capacity = 1 << 18;

    private readonly Entry?[] places = new Entry?[Capacity];

    /// <summary>Whether a token is known to be that very key's.</summary>
    public bool Contains(ReadOnlySpan<byte> token, SigningKey key)
    {
        var (high, low) = DigestOf(token);
        return Volatile.Read(ref PlaceOf(low)) is { } entry && entry.High == high && entry.Low == low && ReferenceEquals(entry.Key, key);
    }

    /// <summary>Remembers a token that a key has signed.</summary>
    public void Add(ReadOnlySpan<byte> token, SigningKey key)
    {
        var (high, low) = DigestOf(token);
        Volatile.Write(ref PlaceOf(low), new Entry(high, low, key));
    }

    private static (UInt128 High, UInt128 Low) DigestOf(ReadOnlySpan<byte> token)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(token, digest);
        return (BinaryPrimitives.ReadUInt128BigEndian(digest), BinaryPrimitives.ReadUInt128BigEndian(digest[16..]));
    }

    private ref Entry? PlaceOf(UInt128 low) => ref places[(int)(low % Capacity)];

    private sealed record Entry(UInt128 High, UInt128 Low, SigningKey Key);
}
