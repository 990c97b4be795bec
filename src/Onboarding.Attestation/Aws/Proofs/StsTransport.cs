using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using Onboarding.Core.Configuration;

namespace Onboarding.Attestation.Aws.Proofs;

/// <summary>
/// Connections to STS. <c>stsEndpoints</c> changes only where we connect: the host that is asked for, and the name in the server's certificate,
/// stay those of the region's STS. Neither redirects, nor proxies, nor cookies.
/// </summary>
internal sealed class StsTransport : IDisposable
{
    private readonly IOptionsSource options;
    private readonly HttpMessageInvoker invoker;

    public StsTransport(IOptionsSource options, StsTrust trust)
    {
        this.options = options;
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.None,
            MaxResponseHeadersLength = AwsLimits.AnswerHeadersKiB,
            MaxConnectionsPerServer = AwsLimits.CallsInFlight,
            PooledConnectionLifetime = AwsLimits.ConnectionLifetime,
            ConnectTimeout = AwsLimits.CallTimeout,
            ActivityHeadersPropagator = null,
            ConnectCallback = ConnectAsync,
        };
        handler.SslOptions.EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13;
        handler.SslOptions.CertificateChainPolicy = trust.Chain;
        invoker = new HttpMessageInvoker(handler);
    }

    /// <summary>Sends a request; the answer's body is not read yet.</summary>
    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => invoker.SendAsync(request, cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => invoker.Dispose();

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(Target(context.DnsEndPoint), cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Where the configuration says that a region's STS is; else the host itself.</summary>
    private DnsEndPoint Target(DnsEndPoint host)
    {
        var region = host.Host.Split('.') is [_, var name, ..] ? name : "";
        return options.Current.Workloads.Aws?.StsEndpoints.TryGetValue(region, out var elsewhere) == true
            ? new DnsEndPoint(elsewhere.DnsSafeHost, elsewhere.Port)
            : host;
    }
}
