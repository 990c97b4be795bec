using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Options;
using Onboarding.Endpoint.Admin;
using Onboarding.Endpoint.Api.Problems;
using Onboarding.Endpoint.Tls;

namespace Onboarding.Endpoint.Listeners;

/// <summary>Opens the listeners, each with its own chain of connection middleware, and sets the limits that the server itself enforces.</summary>
internal sealed class KestrelSetup(
    EndpointSettings settings,
    EndpointListeners listeners,
    TlsCertificateSource tls,
    ClientAddressMiddleware clientAddress,
    PeerCredentials peerCredentials) : IConfigureOptions<KestrelServerOptions>, IConfigureOptions<SocketTransportOptions>
{
    private const int MaxRequestLine = 4 * 1024;
    private const int MaxHeaders = 64;
    private const int MaxStreams = 64;
    private static readonly TimeSpan BodyGrace = TimeSpan.FromSeconds(5);

    /// <summary>Longer than agents pause between heartbeats by default, so that they keep their connections.</summary>
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(130);

    /// <inheritdoc/>
    public void Configure(KestrelServerOptions options)
    {
        options.AddServerHeader = false;
        Limit(options.Limits);
        Listen(options, settings.ApiAddress, listen => ServeTls(listen, ListenerKind.Api));
        Listen(options, settings.PackagesAddress, listen => ServeTls(listen, ListenerKind.Packages));
        Listen(options, settings.OperatorsAddress, listen => ServePlain(listen, ListenerKind.Operators));
        if (settings.AdminSocket is { } socket)
        {
            AdminSocket.Prepare(socket);
            options.ListenUnixSocket(socket, listen =>
            {
                listen.Use(peerCredentials.Wrap);
                ServePlain(listen, ListenerKind.Admin);
            });
        }
    }

    /// <inheritdoc/>
    public void Configure(SocketTransportOptions options) => options.CreateBoundListenSocket = endpoint =>
    {
        var socket = SocketTransportOptions.CreateDefaultBoundListenSocket(endpoint);
        if (endpoint is UnixDomainSocketEndPoint unix)
        {
            AdminSocket.Restrict(unix);
        }

        return socket;
    };

    private static void Listen(KestrelServerOptions options, IPEndPoint address, Action<ListenOptions> configure)
    {
        // ListenAnyIP falls back to IPv4 where the machine has no IPv6.
        if (address.Address.Equals(IPAddress.IPv6Any))
        {
            options.ListenAnyIP(address.Port, configure);
        }
        else
        {
            options.Listen(address, configure);
        }
    }

    private void Limit(KestrelServerLimits limits)
    {
        var bounds = settings.Limits;
        limits.MaxConcurrentConnections = bounds.MaxConnections;
        limits.MaxConcurrentUpgradedConnections = 0;
        limits.MaxRequestBodySize = bounds.MaxBodyBytes;
        limits.MaxRequestLineSize = MaxRequestLine;
        limits.MaxRequestHeadersTotalSize = bounds.MaxHeaderBytes;
        limits.MaxRequestHeaderCount = MaxHeaders;
        limits.RequestHeadersTimeout = bounds.HeadersTimeout;
        limits.MinRequestBodyDataRate = new MinDataRate(bounds.MinBodyBytesPerSecond, BodyGrace);
        limits.KeepAliveTimeout = KeepAlive;
        limits.Http2.MaxStreamsPerConnection = MaxStreams;
        limits.Http2.MaxRequestHeaderFieldSize = bounds.MaxHeaderBytes;
    }

    private void ServeTls(ListenOptions listen, ListenerKind kind)
    {
        Begin(listen, kind, HttpProtocols.Http1AndHttp2);
        listen.Use(new ConnectionsPerAddress(settings.Limits.MaxConnectionsPerAddress).Wrap);
        listen.UseHttps(new TlsHandshakeCallbackOptions
        {
            HandshakeTimeout = settings.Limits.HandshakeTimeout,
            OnConnection = _ => new(tls.HandshakeOptions),
        });
        listen.Use(RejectionMiddleware.Wrap);
    }

    private void ServePlain(ListenOptions listen, ListenerKind kind)
    {
        Begin(listen, kind, HttpProtocols.Http1);
        listen.Use(RejectionMiddleware.Wrap);
    }

    private void Begin(ListenOptions listen, ListenerKind kind, HttpProtocols protocols)
    {
        listen.Protocols = protocols;
        listeners.Add(kind, listen);
        listen.Use(next => clientAddress.Wrap(next, kind));
    }
}
