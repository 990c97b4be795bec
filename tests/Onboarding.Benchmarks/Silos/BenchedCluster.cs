using System.Text.Json;
using Onboarding.Benchmarks.Endpoint;
using Onboarding.Client;
using Onboarding.Core.Sessions;
using Onboarding.TestKit.Issuers;
using Onboarding.TestKit.Servers;

namespace Onboarding.Benchmarks.Silos;

/// <summary>Silos over a PostgreSQL of their own, which waits for the disk and counts its statements.</summary>
internal sealed class BenchedCluster : IAsyncDisposable
{
    private readonly TestPki pki;
    private readonly List<BenchedSilo> silos = [];
    private readonly List<BenchedSilo> started = [];

    private BenchedCluster(TestPki pki, EndpointFiles files, PostgreSqlServer database)
    {
        (this.pki, Files, Database) = (pki, files, database);
        pki.Write(SiloTls, "onboarding");
        File.WriteAllBytes(Keys, SigningKeySet.Create(TimeProvider.System.GetUtcNow()).ToJson());
        var storage = new { ProviderType = "AdoNet", database.ConnectionString };
        var settings = new { Orleans = new { Clustering = storage, GrainStorage = new { Default = storage } } };
        File.WriteAllText(Path.Combine(files.Root, "appsettings.json"), JsonSerializer.Serialize(settings));
    }

    public EndpointFiles Files { get; }

    public PostgreSqlServer Database { get; }

    /// <summary>Those that run.</summary>
    public IReadOnlyList<BenchedSilo> Silos => silos;

    private string SiloTls => Path.Combine(Files.Root, "silo-tls");

    private string Keys => Path.Combine(Files.Root, "signing-keys.json");

    /// <summary>Starts so many silos, and waits until they are ready.</summary>
    /// <exception cref="InvalidOperationException">This build has no silo edition, or this machine no PostgreSQL.</exception>
    public static async Task<BenchedCluster> StartAsync(TestPki pki, TestIssuerKey key, int count, string heartbeatInterval = "30s")
    {
        if (!File.Exists(BenchedSilo.Program) || !PostgreSqlServer.IsInstalled)
        {
            throw new InvalidOperationException("needs the silo edition in this build (README, \"The silo edition\") and PostgreSQL: run `make deps`");
        }

        var files = new EndpointFiles(pki, TestToken.KeySet(key.Jwk()), heartbeatInterval);
        var database = await PostgreSqlServer.StartAsync(settings: ["fsync=on", "shared_preload_libraries=pg_stat_statements"]);
        await database.ReadAsync("CREATE EXTENSION pg_stat_statements");
        var cluster = new BenchedCluster(pki, files, database);
        using (var init = ChildProcess.StartProgram("dotnet", files.Root, BenchedSilo.Program, "storage", "init"))
        {
            await init.WaitAsync();
        }

        await Task.WhenAll(Enumerable.Range(0, count).Select(_ => cluster.AddAsync()));
        return cluster;
    }

    /// <summary>A client of one silo's API.</summary>
    public ApiClient Client(BenchedSilo silo, int connections) =>
        new(new Uri($"https://localhost:{BenchedEndpoint.Text(silo.ApiPort)}"), pki.Authority, connections);

    /// <summary>Starts another silo, and waits until it is ready.</summary>
    public async Task AddAsync()
    {
        var silo = new BenchedSilo(Files, Keys, SiloTls);
        silos.Add(silo);
        started.Add(silo);
        await silo.UntilReadyAsync();
    }

    /// <summary>Counts one as gone, which ends with the cluster.</summary>
    public void Forget(BenchedSilo silo) => silos.Remove(silo);

    public async ValueTask DisposeAsync()
    {
        started.ForEach(silo => silo.Dispose());
        await Database.DisposeAsync();
        Files.Dispose();
    }
}
