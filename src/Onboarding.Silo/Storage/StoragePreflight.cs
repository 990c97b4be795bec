using Microsoft.Extensions.Configuration;
using Onboarding.Silo.Providers;

namespace Onboarding.Silo.Storage;

/// <summary>Asks the databases, before anything starts, whether they let this silo in: what would be a stack trace afterwards is a line now.</summary>
internal static partial class StoragePreflight
{
    /// <summary>Asks those that the configuration names.</summary>
    /// <exception cref="StartException">One cannot be used.</exception>
    public static async Task RunAsync(IConfiguration configuration, CancellationToken cancellationToken)
    {
        var sections = StorageConnections.Sections.Select(configuration.GetSection).DistinctBy(section => (section["ProviderType"], section["ConnectionString"]));
        foreach (var section in sections)
        {
            if (section["ConnectionString"] is { Length: > 0 } connection && await FindProblemAsync(section["ProviderType"] ?? "", connection, cancellationToken) is { } problem)
            {
                throw new StartException($"{section.Path}: {problem}");
            }
        }
    }

    private static Task<string?> FindProblemAsync(string provider, string connection, CancellationToken cancellationToken)
    {
        Task<string?>? asked = null;
        AskPostgreSql(provider, connection, cancellationToken, ref asked);
        AskRedis(provider, connection, ref asked);
        return asked ?? Task.FromResult<string?>(null);
    }

    static partial void AskPostgreSql(string provider, string connection, CancellationToken cancellationToken, ref Task<string?>? asked);

    static partial void AskRedis(string provider, string connection, ref Task<string?>? asked);
}
