using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Connections;

namespace Onboarding.Endpoint.Listeners;

/// <summary>Bounds the connections of one client address to a listener, before any of the TLS handshake is paid for.</summary>
internal sealed class ConnectionsPerAddress(int limit)
{
    private readonly ConcurrentDictionary<IPAddress, int> open = new();

    /// <summary>Addresses with open connections.</summary>
    public int Addresses => open.Count;

    /// <summary>Counts a connection; false: its address has too many.</summary>
    public bool TryEnter(IPAddress address)
    {
        var count = open.AddOrUpdate(AddressBlock.Of(address), 1, static (_, count) => count + 1);
        if (count <= limit)
        {
            return true;
        }

        Leave(address);
        return false;
    }

    /// <summary>A counted connection has gone.</summary>
    public void Leave(IPAddress address)
    {
        var block = AddressBlock.Of(address);
        var count = open.AddOrUpdate(block, 0, static (_, count) => count - 1);
        if (count == 0)
        {
            // Only the pair: somebody may have entered meanwhile.
            open.TryRemove(KeyValuePair.Create(block, 0));
        }
    }

    /// <summary>As connection middleware.</summary>
    public ConnectionDelegate Wrap(ConnectionDelegate next) => async connection =>
    {
        var address = connection.Features.Get<ClientConnection>()?.Address;
        if (address is null)
        {
            await next(connection);
            return;
        }

        if (!TryEnter(address))
        {
            connection.Abort(new ConnectionAbortedException("too many connections of one address"));
            return;
        }

        try
        {
            await next(connection);
        }
        finally
        {
            Leave(address);
        }
    };
}
