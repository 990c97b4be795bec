using System.Security.Cryptography;
using System.Text;

namespace Onboarding.Protocol;

/// <summary>SHA-256 of texts, as text.</summary>
public static class Sha256Text
{
    /// <summary>64 lower-case hex digits of the SHA-256 of a text's UTF-8.</summary>
    public static string Hex(string text) => Hex(Encoding.UTF8.GetBytes(text));

    /// <summary>64 lower-case hex digits of the SHA-256 of some bytes.</summary>
    public static string Hex(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>43 characters of base64url: the SHA-256 of a text's UTF-8.</summary>
    public static string Base64Url(string text) => Base64UrlText.Encode(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
