using System.Buffers;
using System.Net;
using System.Text;
using Onboarding.Endpoint.Listeners;

namespace Onboarding.Endpoint.Tests.Listeners;

public sealed class ProxyHeaderTests
{
    private const string Signature = "0D0A0D0A000D0A515549540A";

    [Theory]
    [InlineData("PROXY TCP4 198.51.100.7 192.0.2.1 1 2\r\n", "198.51.100.7")]
    [InlineData("PROXY TCP6 2001:db8::7 2001:db8::1 1 2\r\n", "2001:db8::7")]
    [InlineData("PROXY UNKNOWN\r\n", null)]
    [InlineData("PROXY UNKNOWN ffff::1 ffff::2 1 2\r\n", null)]
    public void TryRead_TextHeader_GivesTheSourceAndStopsAfterIt(string header, string? source) =>
        Read(Encoding.ASCII.GetBytes(header + "rest")).ShouldBe((ProxyHeaderStatus.Read, source, 4));

    [Theory]
    [InlineData("2111000CC6336407C0000201000100020A", "198.51.100.7", 1)]
    [InlineData("21210024" + "20010DB8000000000000000000000007" + "20010DB8000000000000000000000001" + "00010002", "2001:db8::7", 0)]
    [InlineData("2111000FC6336407C000020100010002" + "040000" + "AABB", "198.51.100.7", 2)]
    [InlineData("20000000", null, 0)]
    public void TryRead_BinaryHeader_GivesTheSourceAndSkipsWhatFollowsIt(string hex, string? source, int rest) =>
        Read(Convert.FromHexString(Signature + hex)).ShouldBe((ProxyHeaderStatus.Read, source, rest));

    [Theory]
    [InlineData("PROXY TCP4 198.51.100.7 192.0.2.1 1\r\n")]
    [InlineData("PROXY TCP4 2001:db8::7 192.0.2.1 1 2\r\n")]
    [InlineData("PROXY UDP4 198.51.100.7 192.0.2.1 1 2\r\n")]
    [InlineData("PROXY TCP4 x 192.0.2.1 1 2\r\n")]
    [InlineData("GET / HTTP/1.1\r\n")]
    [InlineData("\u0016\u0003\u0001")]
    public void TryRead_SomethingElse_IsInvalid(string text) =>
        Read(Encoding.Latin1.GetBytes(text)).Status.ShouldBe(ProxyHeaderStatus.Invalid);

    [Theory]
    [InlineData("3111000CC6336407C000020100010002")]
    [InlineData("2111000BC6336407C0000201000100")]
    [InlineData("21310000")]
    [InlineData("2111FFFF")]
    public void TryRead_BadBinaryHeader_IsInvalid(string hex) =>
        Read(Convert.FromHexString(Signature + hex)).Status.ShouldBe(ProxyHeaderStatus.Invalid);

    [Fact]
    public void TryRead_EndlessTextHeader_IsInvalid() =>
        Read(Encoding.ASCII.GetBytes("PROXY " + new string('a', 200))).Status.ShouldBe(ProxyHeaderStatus.Invalid);

    [Theory]
    [InlineData("PROXY TCP4 198.51.100.7 192.0.2.1 1 2\r\n")]
    [InlineData("\r\n\r\n\0\r\nQUIT\n\u0021\u0011\0\u000c\u00c6\u0033\u0064\u0007\u00c0\0\u0002\u0001\0\u0001\0\u0002")]
    public void TryRead_BytesOneByOne_WaitsForAllOfThem(string header)
    {
        var bytes = Encoding.Latin1.GetBytes(header);
        for (var count = 0; count < bytes.Length; count++)
        {
            Read(bytes[..count]).Status.ShouldBe(ProxyHeaderStatus.Incomplete, $"{count} bytes");
        }

        Read(bytes).ShouldBe((ProxyHeaderStatus.Read, "198.51.100.7", 0));
    }

    private static (ProxyHeaderStatus Status, string? Source, int Left) Read(byte[] bytes)
    {
        var buffer = new ReadOnlySequence<byte>(bytes);
        var status = ProxyHeader.TryRead(buffer, out var consumed, out IPAddress? source);
        return (status, source?.ToString(), (int)buffer.Slice(consumed).Length);
    }
}
