using Microsoft.Extensions.Configuration;
using Onboarding.Silo.Providers;

namespace Onboarding.Silo.Storage;

/// <summary><c>onboarding-silo storage init</c>: prepares the database that the configuration names.</summary>
internal static partial class StorageInit
{
    private const string ConnectionString = "Orleans:GrainStorage:Default:ConnectionString";

    /// <summary>Prepares it.</summary>
    /// <param name="settings">Directory of <c>appsettings.json</c>.</param>
    /// <param name="output">Where success is told.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="StartException">There is none, or it cannot be prepared.</exception>
    public static async Task RunAsync(string settings, TextWriter output, CancellationToken cancellationToken)
    {
        var configuration = new ConfigurationBuilder()
            .AddJsonFile(Path.Combine(Path.GetFullPath(settings), "appsettings.json"), optional: true)
            .AddEnvironmentVariables()
            .Build();
        var connection = configuration[ConnectionString]
            ?? throw new StartException($"{ConnectionString} is not set: in appsettings.json, or as {ConnectionString.Replace(":", "__", StringComparison.Ordinal)}") { ExitCode = ExitCodes.Misconfigured };
        StorageConnections.RefuseOpen(configuration);
        Task? prepared = null;
        PreparePostgreSql(connection, cancellationToken, ref prepared);
        await (prepared ?? throw new StartException("this build knows no PostgreSQL (OrleansProviders has no AdoNet)"));
        await output.WriteLineAsync("the storage is ready");
    }

    static partial void PreparePostgreSql(string connection, CancellationToken cancellationToken, ref Task? prepared);
}
