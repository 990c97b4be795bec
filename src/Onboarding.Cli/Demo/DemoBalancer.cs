using System.Net;
using System.Net.Sockets;

namespace Onboarding.Cli.Demo;

/// <summary>A load balancer of TCP connections, such as a Service is: one address before all silos. It tries the next one where nobody listens.</summary>
internal sealed class DemoBalancer : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stopping = new();
    private readonly int[] ports;
    private int turn;

    /// <summary>Stands before the silos whose APIs are at these ports.</summary>
    public DemoBalancer(int[] ports)
    {
        this.ports = ports;
        listener.Start();
        Port = ((IPEndPoint)listener.LocalEndpoint).Port;
        _ = AcceptAsync();
    }

    /// <summary>Where agents connect to.</summary>
    public int Port { get; }

    public void Dispose()
    {
        stopping.Cancel();
        listener.Dispose();
        stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        var token = stopping.Token;
        try
        {
            while (true)
            {
                _ = ServeAsync(await listener.AcceptTcpClientAsync(token), token);
            }
        }
        catch (Exception end) when (end is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // The demo is over.
        }
    }

    private async Task ServeAsync(TcpClient agent, CancellationToken cancellationToken)
    {
        using (agent)
        {
            try
            {
                using var silo = await ConnectAsync(cancellationToken);
                if (silo is not null)
                {
                    await Task.WhenAny(
                        agent.GetStream().CopyToAsync(silo.GetStream(), cancellationToken),
                        silo.GetStream().CopyToAsync(agent.GetStream(), cancellationToken));
                }
            }
            catch (Exception end) when (end is IOException or OperationCanceledException or SocketException or InvalidOperationException)
            {
                // One of the two has gone; the other is let go.
            }
        }
    }

    private async Task<TcpClient?> ConnectAsync(CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < ports.Length; attempt++)
        {
            var port = ports[(uint)Interlocked.Increment(ref turn) % ports.Length];
            var silo = new TcpClient();
            try
            {
                await silo.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
                return silo;
            }
            catch (SocketException)
            {
                silo.Dispose();
            }
        }

        return null;
    }
}
