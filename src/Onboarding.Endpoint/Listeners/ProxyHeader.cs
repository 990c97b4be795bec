using System.Buffers;
using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Onboarding.Endpoint.Listeners;

/// <summary>What became of an attempt to read a PROXY protocol header.</summary>
internal enum ProxyHeaderStatus
{
    /// <summary>More bytes are needed.</summary>
    Incomplete,

    /// <summary>It is not one, or not well-formed.</summary>
    Invalid,

    /// <summary>It was read.</summary>
    Read,
}

/// <summary>
/// Reads the header that a load balancer puts before a connection: the PROXY protocol, versions 1 (text) and 2 (binary),
/// as in haproxy's doc/proxy-protocol.txt.
/// </summary>
internal static class ProxyHeader
{
    private const int MaxTextLength = 107;
    private const int MaxBinaryLength = 2048;
    private const int BinaryPrefix = 16;
    private const int VersionAndLocal = 0x20;
    private const int VersionAndProxy = 0x21;

    private static ReadOnlySpan<byte> BinarySignature => "\r\n\r\n\0\r\nQUIT\n"u8;

    private static ReadOnlySpan<byte> TextSignature => "PROXY "u8;

    /// <summary>Reads a header from the begin of a connection.</summary>
    /// <param name="buffer">What has arrived.</param>
    /// <param name="consumed">Where the connection's own bytes begin.</param>
    /// <param name="source">The client's address; null: the proxy speaks for itself (LOCAL, UNKNOWN).</param>
    public static ProxyHeaderStatus TryRead(ReadOnlySequence<byte> buffer, out SequencePosition consumed, out IPAddress? source)
    {
        source = null;
        consumed = buffer.Start;
        var length = (int)Math.Min(buffer.Length, MaxBinaryLength);
        Span<byte> bytes = stackalloc byte[length];
        buffer.Slice(0, length).CopyTo(bytes);
        var status = IsBegin(bytes, BinarySignature) ? TryReadBinary(bytes, out var used, out source)
            : IsBegin(bytes, TextSignature) ? TryReadText(bytes, out used, out source)
            : Fail(out used);
        if (status == ProxyHeaderStatus.Read)
        {
            consumed = buffer.GetPosition(used);
        }

        return status;
    }

    private static bool IsBegin(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> signature) =>
        bytes.Length < signature.Length ? signature.StartsWith(bytes) : bytes.StartsWith(signature);

    private static ProxyHeaderStatus Fail(out int used)
    {
        used = 0;
        return ProxyHeaderStatus.Invalid;
    }

    private static ProxyHeaderStatus TryReadBinary(ReadOnlySpan<byte> bytes, out int used, out IPAddress? source)
    {
        source = null;
        used = 0;
        if (bytes.Length < BinaryPrefix)
        {
            return ProxyHeaderStatus.Incomplete;
        }

        used = BinaryPrefix + BinaryPrimitives.ReadUInt16BigEndian(bytes[14..]);
        if (used > MaxBinaryLength || bytes[12] is not (VersionAndLocal or VersionAndProxy))
        {
            return ProxyHeaderStatus.Invalid;
        }

        if (bytes.Length < used)
        {
            return ProxyHeaderStatus.Incomplete;
        }

        if (bytes[12] == VersionAndLocal)
        {
            return ProxyHeaderStatus.Read;
        }

        // Address family and transport: TCP over IPv4 has 12 bytes of addresses and ports, over IPv6 36.
        var (size, address) = bytes[13] switch { 0x11 => (12, 4), 0x21 => (36, 16), _ => (0, 0) };
        if (size == 0 || used < BinaryPrefix + size)
        {
            return ProxyHeaderStatus.Invalid;
        }

        source = AddressBlock.Normalize(new IPAddress(bytes.Slice(BinaryPrefix, address)));
        return ProxyHeaderStatus.Read;
    }

    private static ProxyHeaderStatus TryReadText(ReadOnlySpan<byte> bytes, out int used, out IPAddress? source)
    {
        source = null;
        used = 0;
        var end = bytes[..Math.Min(bytes.Length, MaxTextLength)].IndexOf("\r\n"u8);
        if (end < 0)
        {
            return bytes.Length >= MaxTextLength ? ProxyHeaderStatus.Invalid : ProxyHeaderStatus.Incomplete;
        }

        used = end + 2;
        var parts = Encoding.ASCII.GetString(bytes[..end]).Split(' ');
        if (parts is ["PROXY", "UNKNOWN", ..])
        {
            return ProxyHeaderStatus.Read;
        }

        var family = parts is ["PROXY", "TCP4", _, _, _, _] ? AddressFamily.InterNetwork
            : parts is ["PROXY", "TCP6", _, _, _, _] ? AddressFamily.InterNetworkV6
            : AddressFamily.Unspecified;
        if (family == AddressFamily.Unspecified
            || !IPAddress.TryParse(parts[2], out var parsed)
            || parsed.AddressFamily != family)
        {
            return ProxyHeaderStatus.Invalid;
        }

        source = AddressBlock.Normalize(parsed);
        return ProxyHeaderStatus.Read;
    }
}
