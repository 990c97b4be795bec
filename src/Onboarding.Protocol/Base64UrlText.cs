using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;

namespace Onboarding.Protocol;

/// <summary>Base64url without padding (RFC 4648 section 5, RFC 7515 section 2), read strictly: one text for one value.</summary>
public static class Base64UrlText
{
    /// <summary>The text of some bytes.</summary>
    public static string Encode(ReadOnlySpan<byte> bytes) => Base64Url.EncodeToString(bytes);

    /// <summary>Reads a text. Padding, white space and stray bits in the last character are refused.</summary>
    public static bool TryDecode(string? text, [NotNullWhen(true)] out byte[]? bytes)
    {
        bytes = null;
        if (text is null || !Base64Url.IsValid(text))
        {
            return false;
        }

        var decoded = Base64Url.DecodeFromChars(text);
        if (!string.Equals(Base64Url.EncodeToString(decoded), text, StringComparison.Ordinal))
        {
            return false;
        }

        bytes = decoded;
        return true;
    }
}
