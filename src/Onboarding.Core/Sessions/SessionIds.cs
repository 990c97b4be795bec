using System.Security.Cryptography;
using System.Text;
using Onboarding.Protocol;

namespace Onboarding.Core.Sessions;

/// <summary>Ids of sessions and tokens. They are drawn by the caller and travel in tokens; what is stored is a hash.</summary>
internal static class SessionIds
{
    private const int Size = 16;
    private const int HashDigits = 32;

    /// <summary>A new id: 128 random bits, base64url.</summary>
    public static string New() => Base64UrlText.Encode(RandomNumberGenerator.GetBytes(Size));

    /// <summary>
    /// The id of the token that follows another one in a session. It is derived, not drawn, so that a renewal that is repeated
    /// gives the same successor, and nothing but hashes need be stored. It is no secret: a token is what its signature makes it.
    /// </summary>
    public static string Successor(string sessionId, string tokenId) =>
        Base64UrlText.Encode(SHA256.HashData(Encoding.UTF8.GetBytes($"onboarding-token-v1\n{sessionId}\n{tokenId}\n")).AsSpan(0, Size));

    /// <summary>The first 32 hex digits of SHA-256: all that is stored of an id, a nonce or a credential.</summary>
    public static string Hash(string id) => Sha256Text.Hex(id)[..HashDigits];
}
