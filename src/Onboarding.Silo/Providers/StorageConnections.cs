using Microsoft.Extensions.Configuration;

namespace Onboarding.Silo.Providers;

/// <summary>
/// What silos keep, they keep over a network: without TLS whoever is on the way reads and changes it, and without credentials everybody else does too.
/// Both are required unless the storage is on this machine.
/// </summary>
internal static partial class StorageConnections
{
    /// <summary>The configuration's sections that name a database each.</summary>
    public static IReadOnlyList<string> Sections { get; } = ["Orleans:Clustering", "Orleans:GrainStorage:Default"];

    /// <summary>Refuses connections that are open to others.</summary>
    /// <exception cref="StartException">One is, or cannot be understood.</exception>
    public static void RefuseOpen(IConfiguration configuration)
    {
        foreach (var section in Sections.Select(configuration.GetSection))
        {
            if (section["ConnectionString"] is { Length: > 0 } connection && FindProblem(section["ProviderType"] ?? "", connection) is { } problem)
            {
                throw new StartException($"{section.Path}:ConnectionString: {problem}") { ExitCode = ExitCodes.Misconfigured };
            }
        }
    }

    private static string? FindProblem(string provider, string connection)
    {
        string? problem = null;
        try
        {
            CheckPostgreSql(provider, connection, ref problem);
            CheckRedis(provider, connection, ref problem);
        }
        catch (Exception malformed) when (malformed is ArgumentException or FormatException)
        {
            // Its message may quote the string, and with it a password.
            return "it is not a connection string";
        }

        return problem;
    }

    private static string Explain(string host, string tls, string credentials) =>
        $"{host} is not this machine, so the connection needs {string.Join(" and ", new[] { tls, credentials }.Where(missing => missing.Length > 0))}";

    static partial void CheckPostgreSql(string provider, string connection, ref string? problem);

    static partial void CheckRedis(string provider, string connection, ref string? problem);
}
