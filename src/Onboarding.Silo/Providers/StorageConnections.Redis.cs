using System.Net;
using StackExchange.Redis;

namespace Onboarding.Silo.Providers;

internal static partial class StorageConnections
{
    static partial void CheckRedis(string provider, string connection, ref string? problem)
    {
        if (provider != "Redis")
        {
            return;
        }

        var settings = ConfigurationOptions.Parse(connection);
        if (settings.EndPoints.FirstOrDefault(IsRemote) is not { } remote)
        {
            return;
        }

        var hasCredentials = !string.IsNullOrEmpty(settings.Password);
        problem = settings.Ssl && hasCredentials ? null : Explain(
            remote is DnsEndPoint named ? named.Host : remote.ToString()!,
            settings.Ssl ? "" : "TLS (ssl=true)",
            hasCredentials ? "" : "credentials (user= and password=)");
    }

    private static bool IsRemote(EndPoint endpoint) => endpoint switch
    {
        IPEndPoint address => !IPAddress.IsLoopback(address.Address),
        DnsEndPoint named => named.Host != "localhost",
        _ => false,
    };
}
