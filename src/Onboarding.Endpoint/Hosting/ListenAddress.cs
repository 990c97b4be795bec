using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace Onboarding.Endpoint.Hosting;

/// <summary>An address and port of a command line.</summary>
internal static class ListenAddress
{
    /// <summary>What to do about one that cannot be used.</summary>
    public const string Others = "Choose others with --api-address, --packages-address and --operators-address.";

    /// <summary>Reads <c>127.0.0.1:15443</c> or <c>[::]:15443</c>.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out IPEndPoint? address) =>
        IPEndPoint.TryParse(text, out address) && HasPort(text);

    /// <summary>What is wrong with a text that is none.</summary>
    public static string Explain(string text) => $"'{text}' is no address and port, such as 127.0.0.1:15443 or [::]:15443";

    /// <summary>Refuses to start where another process listens, or where this one may not: before anything runs that would have to be ended again.</summary>
    /// <exception cref="StartException">One of the addresses cannot be used.</exception>
    public static void RefuseTaken(EndpointSettings settings)
    {
        foreach (var address in new[] { settings.ApiAddress, settings.PackagesAddress, settings.OperatorsAddress })
        {
            try
            {
                using var listener = SocketTransportOptions.CreateDefaultBoundListenSocket(address);
                listener.Listen();
            }
            catch (SocketException taken) when (taken.SocketErrorCode == SocketError.AddressAlreadyInUse)
            {
                throw new StartException($"{address}: address already in use. {Others}", taken);
            }
            catch (SocketException forbidden) when (forbidden.SocketErrorCode == SocketError.AccessDenied)
            {
                throw new StartException($"ports below 1024 (443 is the packages' default) need root or CAP_NET_BIND_SERVICE. {Others}", forbidden);
            }
            catch (SocketException)
            {
                // The server knows better: a machine without IPv6 listens on IPv4 instead.
            }
        }
    }

    // Where there is none, IPEndPoint takes 0.
    private static bool HasPort(string text) =>
        text.LastIndexOf(':') is > 0 and var colon && (text[colon - 1] == ']' || text.IndexOf(':', StringComparison.Ordinal) == colon);
}
