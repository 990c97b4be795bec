using System.Net;
using Npgsql;

namespace Onboarding.Silo.Providers;

internal static partial class StorageConnections
{
    // What Npgsql itself looks for where the string has none.
    private static readonly string[] CredentialVariables = ["PGPASSWORD", "PGPASSFILE", "PGSSLCERT"];

    static partial void CheckPostgreSql(string provider, string connection, ref string? problem)
    {
        if (provider != "AdoNet")
        {
            return;
        }

        var settings = new NpgsqlConnectionStringBuilder(connection);
        if ((settings.Host ?? "").Split(',').Select(HostOf).FirstOrDefault(IsElsewhere) is not { } host)
        {
            return;
        }

        var isVerified = settings.SslMode is SslMode.VerifyCA or SslMode.VerifyFull;
        var hasCredentials = new[] { settings.Password, settings.Passfile, settings.SslCertificate }.Concat(CredentialVariables.Select(Environment.GetEnvironmentVariable))
            .Any(credential => !string.IsNullOrEmpty(credential));
        problem = isVerified && hasCredentials ? null : Explain(
            host,
            isVerified ? "" : "TLS with a verified server (SSL Mode=VerifyFull, and Root Certificate=FILE for an authority of your own)",
            hasCredentials ? "" : "credentials (Password, Passfile or SSL Certificate)");
    }

    private static string HostOf(string text) => text.Trim() switch
    {
        ['[', .. var bracketed] => bracketed.Split(']')[0],
        var host => host.Count(letter => letter == ':') == 1 ? host.Split(':')[0] : host,
    };

    // A path is a Unix socket; no host is localhost.
    private static bool IsElsewhere(string host) =>
        host is not ("" or "localhost" or ['/', ..] or ['@', ..]) && !(IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
