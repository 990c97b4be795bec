using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace Onboarding.Attestation.Oidc;

/// <summary>The parts of a JWS in compact serialization (RFC 7515 section 7.1), read strictly: neither padding nor white space nor stray bits.</summary>
/// <param name="Header">The header's bytes.</param>
/// <param name="Payload">The payload's bytes.</param>
/// <param name="Signature">The signature.</param>
/// <param name="SigningInput">What it is over.</param>
internal readonly record struct JwsCompact(byte[] Header, byte[] Payload, byte[] Signature, byte[] SigningInput)
{
    private static readonly SearchValues<char> Alphabet =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.");

    /// <summary>Reads one; otherwise <paramref name="fault"/> says what is wrong.</summary>
    public static bool TryRead(string token, out JwsCompact jws, out string? fault)
    {
        jws = default;
        fault = FindFault(token);
        if (fault is not null)
        {
            return false;
        }

        var text = token.AsSpan();
        var first = text.IndexOf('.');
        var last = text.LastIndexOf('.');
        if (!TryDecode(text[..first], out var header)
            || !TryDecode(text[(first + 1)..last], out var payload)
            || !TryDecode(text[(last + 1)..], out var signature))
        {
            fault = "it is not base64url";
            return false;
        }

        jws = new JwsCompact(header, payload, signature, Encoding.ASCII.GetBytes(token, 0, last));
        return true;
    }

    private static string? FindFault(string token) =>
        token.Length > OidcLimits.TokenLength ? "it has over 16 KiB"
        : token.AsSpan().ContainsAnyExcept(Alphabet) ? "it is not base64url"
        : token.AsSpan().Count('.') != 2 ? "it has not three parts"
        : null;

    private static bool TryDecode(ReadOnlySpan<char> text, out byte[] bytes)
    {
        bytes = new byte[Base64Url.GetMaxDecodedLength(text.Length)];
        if (Base64Url.DecodeFromChars(text, bytes, out _, out var written) != OperationStatus.Done)
        {
            return false;
        }

        if (written != bytes.Length)
        {
            bytes = bytes[..written];
        }

        return true;
    }
}
