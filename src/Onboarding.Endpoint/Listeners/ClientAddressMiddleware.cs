using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;
using Onboarding.Core.Configuration;

namespace Onboarding.Endpoint.Listeners;

/// <summary>Connection middleware that notes where a connection comes from, and reads the PROXY protocol's header where it is configured.</summary>
internal sealed partial class ClientAddressMiddleware(
    IOptionsSource options,
    EndpointSettings settings,
    TimeProvider time,
    ILogger<ClientAddressMiddleware> logger)
{
    /// <summary>As connection middleware of a listener.</summary>
    public ConnectionDelegate Wrap(ConnectionDelegate next, ListenerKind kind) => async connection =>
    {
        var client = new ClientConnection(kind)
        {
            Address = connection.RemoteEndPoint is IPEndPoint peer ? AddressBlock.Normalize(peer.Address) : null,
        };
        connection.Features.Set(client);
        if (!ExpectsProxyHeader(kind, client.Address) || await TryReadProxyHeaderAsync(connection, client))
        {
            await next(connection);
            return;
        }

        LogProxyHeaderRefused(logger, client.Address);
        connection.Abort(new ConnectionAbortedException("no valid PROXY protocol header"));
    };

    /// <summary>A trusted proxy always sends it; from anybody else it would be a lie, and is not looked for.</summary>
    private bool ExpectsProxyHeader(ListenerKind kind, IPAddress? peer)
    {
        var configured = options.Current.ClientAddress;
        return kind is ListenerKind.Api or ListenerKind.Packages
            && configured.From == ClientAddressSource.ProxyProtocol
            && configured.IsTrusted(peer);
    }

    private async Task<bool> TryReadProxyHeaderAsync(ConnectionContext connection, ClientConnection client)
    {
        using var timeout = new CancellationTokenSource(settings.Limits.HandshakeTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, connection.ConnectionClosed);
        var input = connection.Transport.Input;
        try
        {
            while (true)
            {
                var result = await input.ReadAsync(either.Token);
                var status = ProxyHeader.TryRead(result.Buffer, out var consumed, out var source);
                var isRead = status == ProxyHeaderStatus.Read;
                input.AdvanceTo(consumed, isRead ? consumed : result.Buffer.End);
                if (isRead)
                {
                    client.Address = source ?? client.Address;
                    return true;
                }

                if (status == ProxyHeaderStatus.Invalid || result.IsCompleted)
                {
                    return false;
                }
            }
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    [LoggerMessage(3001, LogLevel.Warning, "{Proxy} is a trusted proxy and sent no valid PROXY protocol header; the connection was closed. Switch the header on there, or take the proxy out of clientAddress.trustedProxies.")]
    private static partial void LogProxyHeaderRefused(ILogger logger, IPAddress? proxy);
}
