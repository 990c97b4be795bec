namespace Onboarding.Core.Sessions;

/// <summary>Authenticates challenges, which are stateless: any process that has the keys checks what any other made.</summary>
public interface IChallengeKeys
{
    /// <summary>Fills <paramref name="mac"/> with the first bytes of HMAC-SHA-256 over <paramref name="content"/>, under the active key.</summary>
    /// <param name="content">What is authenticated.</param>
    /// <param name="mac">16–32 bytes.</param>
    void Authenticate(ReadOnlySpan<byte> content, Span<byte> mac);

    /// <summary>Whether <paramref name="mac"/> was made by <see cref="Authenticate"/> under any key of the set; compared in constant time.</summary>
    /// <param name="content">What was authenticated.</param>
    /// <param name="mac">16–32 bytes; any other length is not authentic.</param>
    bool IsAuthentic(ReadOnlySpan<byte> content, ReadOnlySpan<byte> mac);
}
