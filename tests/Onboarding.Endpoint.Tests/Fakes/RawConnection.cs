using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace Onboarding.Endpoint.Tests.Fakes;

/// <summary>A TLS connection on which a test writes bytes as it likes.</summary>
internal sealed class RawConnection : IAsyncDisposable
{
    private readonly TcpClient tcp;

    private RawConnection(TcpClient tcp, SslStream stream) => (this.tcp, Stream) = (tcp, stream);

    public SslStream Stream { get; }

    public static async Task<RawConnection> OpenAsync(IPEndPoint listener, SslClientAuthenticationOptions options, byte[]? before)
    {
        var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, listener.Port);
        if (before is not null)
        {
            await client.GetStream().WriteAsync(before);
        }

        var stream = new SslStream(client.GetStream());
        await stream.AuthenticateAsClientAsync(options);
        return new RawConnection(client, stream);
    }

    /// <summary>Writes, and reads until the other side closes.</summary>
    public async Task<string> ExchangeAsync(string request)
    {
        try
        {
            await Stream.WriteAsync(Encoding.Latin1.GetBytes(request));
        }
        catch (IOException)
        {
            // It has answered and closed before it had read everything.
        }

        return await ReadToEndAsync();
    }

    /// <summary>Writes, and reads one response with a Content-Length.</summary>
    public async Task<string> AskAsync(string request)
    {
        await Stream.WriteAsync(Encoding.Latin1.GetBytes(request));
        var text = new StringBuilder();
        var buffer = new byte[4096];
        while (!IsWhole(text.ToString()))
        {
            var count = await Stream.ReadAsync(buffer);
            if (count == 0)
            {
                break;
            }

            text.Append(Encoding.Latin1.GetString(buffer, 0, count));
        }

        return text.ToString();
    }

    public async ValueTask DisposeAsync()
    {
        await Stream.DisposeAsync();
        tcp.Dispose();
    }

    private static bool IsWhole(string text)
    {
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        const string Header = "Content-Length: ";
        var length = text.IndexOf(Header, StringComparison.OrdinalIgnoreCase);
        return end > 0 && length > 0
            && text.Length - end - 4 >= int.Parse(text[(length + Header.Length)..text.IndexOf('\r', length)], System.Globalization.CultureInfo.InvariantCulture);
    }

    private async Task<string> ReadToEndAsync()
    {
        var text = new StringBuilder();
        var buffer = new byte[4096];
        try
        {
            while (await Stream.ReadAsync(buffer) is > 0 and var count)
            {
                text.Append(Encoding.Latin1.GetString(buffer, 0, count));
            }
        }
        catch (IOException)
        {
            // Closed without a farewell.
        }

        return text.ToString();
    }
}
