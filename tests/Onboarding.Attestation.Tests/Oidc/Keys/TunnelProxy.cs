using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Onboarding.Attestation.Tests.Oidc.Keys;

/// <summary>A proxy on loopback that makes tunnels (RFC 9110 section 9.3.6), and remembers where to.</summary>
internal sealed class TunnelProxy : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly Task serving;

    public TunnelProxy()
    {
        listener.Start();
        serving = ServeAsync();
    }

    /// <summary>Where it is.</summary>
    public Uri Address => new($"http://{listener.LocalEndpoint}");

    /// <summary>The hosts and ports it was asked for.</summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Dispose();
        await serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stop.Dispose();
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            _ = TunnelAsync(await listener.AcceptTcpClientAsync(stop.Token));
        }
    }

    private async Task TunnelAsync(TcpClient client)
    {
        using var accepted = client;
        var stream = client.GetStream();
        var asked = (await ReadHeadAsync(stream)).Split(' ')[1];
        Asked.Enqueue(asked);
        using var target = new TcpClient();
        await target.ConnectAsync(IPEndPoint.Parse(asked), stop.Token);
        await stream.WriteAsync("HTTP/1.1 200 OK\r\n\r\n"u8.ToArray(), stop.Token);
        await Task.WhenAny(stream.CopyToAsync(target.GetStream(), stop.Token), target.GetStream().CopyToAsync(stream, stop.Token));
    }

    private async Task<string> ReadHeadAsync(NetworkStream stream)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && await stream.ReadAsync(one, stop.Token) == 1)
        {
            head.Append((char)one[0]);
        }

        return head.ToString();
    }
}
