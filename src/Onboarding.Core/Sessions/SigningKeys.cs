using System.Security.Cryptography;

namespace Onboarding.Core.Sessions;

/// <summary>The key set as it stands in this process; its host replaces it when the file or the mounted secret changes.</summary>
public sealed class SigningKeys(SigningKeySet initial) : IChallengeKeys
{
    private const int MinMacSize = 16;
    private volatile SigningKeySet current = initial;

    /// <summary>The set in force.</summary>
    public SigningKeySet Current => current;

    /// <summary>Takes another set over, whole.</summary>
    public void Replace(SigningKeySet next)
    {
        ArgumentNullException.ThrowIfNull(next);
        current = next;
    }

    /// <inheritdoc/>
    public void Authenticate(ReadOnlySpan<byte> content, Span<byte> mac)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(mac.Length, MinMacSize, nameof(mac));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(mac.Length, HMACSHA256.HashSizeInBytes, nameof(mac));
        current.Active.Authenticate(content, mac);
    }

    /// <inheritdoc/>
    public bool IsAuthentic(ReadOnlySpan<byte> content, ReadOnlySpan<byte> mac)
    {
        if (mac.Length is < MinMacSize or > HMACSHA256.HashSizeInBytes)
        {
            return false;
        }

        Span<byte> expected = stackalloc byte[mac.Length];
        var authentic = false;
        foreach (var key in current.Keys)
        {
            key.Authenticate(content, expected);
            authentic |= CryptographicOperations.FixedTimeEquals(expected, mac);
        }

        return authentic;
    }
}
