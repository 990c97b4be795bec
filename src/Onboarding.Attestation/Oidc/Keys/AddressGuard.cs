using System.Net;
using System.Net.Sockets;

namespace Onboarding.Attestation.Oidc.Keys;

/// <summary>
/// Connects to issuers. An issuer's name, or the document it serves, must not lead us to this machine or to a metadata service,
/// so the addresses are looked at when the connection is made, and exactly those are connected to: a name that changes afterwards changes nothing.
/// </summary>
internal sealed class AddressGuard(IEnumerable<IPAddress> spelledOut, Func<string, CancellationToken, Task<IPAddress[]>> resolve)
{
    private static readonly IPNetwork[] Refused =
    [
        IPNetwork.Parse("0.0.0.0/8"),
        IPNetwork.Parse("127.0.0.0/8"),
        IPNetwork.Parse("169.254.0.0/16"),
        IPNetwork.Parse("224.0.0.0/4"),
        IPNetwork.Parse("255.255.255.255/32"),
        IPNetwork.Parse("::/128"),
        IPNetwork.Parse("::1/128"),
        IPNetwork.Parse("fe80::/10"),
        IPNetwork.Parse("ff00::/8"),
    ];

    private readonly HashSet<IPAddress> spelledOut = [.. spelledOut];

    /// <summary>A connection to a host.</summary>
    /// <exception cref="KeySetException">Its name resolves to an address that is not connected to.</exception>
    public async ValueTask<Stream> ConnectAsync(DnsEndPoint host, CancellationToken cancellationToken)
    {
        var addresses = await ResolveAsync(host.Host, cancellationToken);
        return await ConnectAsync(socket => socket.ConnectAsync(addresses, host.Port, cancellationToken));
    }

    /// <summary>A connection to what the operator has named, wherever it is.</summary>
    public static ValueTask<Stream> ConnectAnywayAsync(DnsEndPoint host, CancellationToken cancellationToken) =>
        ConnectAsync(socket => socket.ConnectAsync(host, cancellationToken));

    /// <summary>Looks at a host that a proxy is to connect to, where it is an address.</summary>
    /// <exception cref="KeySetException">It is one that is not connected to.</exception>
    public void RequireGoodLiteral(string host)
    {
        if (IPAddress.TryParse(host, out var literal))
        {
            RequireGood(host, [literal]);
        }
    }

    /// <summary>The addresses of a host, all of them good to connect to.</summary>
    /// <exception cref="KeySetException">One of them is not.</exception>
    public async Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        var addresses = IPAddress.TryParse(host, out var literal) ? [literal] : await resolve(host, cancellationToken);
        RequireGood(host, addresses);
        return addresses;
    }

    private static async ValueTask<Stream> ConnectAsync(Func<Socket, ValueTask> connect)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await connect(socket);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private void RequireGood(string host, IPAddress[] addresses)
    {
        if (Array.Find(addresses, IsRefused) is { } refused)
        {
            throw new KeySetException(
                $"{host} is at {refused}: loopback, link-local, multicast and unspecified addresses are connected to only where the configuration spells them out");
        }
    }

    private bool IsRefused(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return !spelledOut.Contains(plain) && Array.Exists(Refused, network => network.Contains(plain));
    }
}
