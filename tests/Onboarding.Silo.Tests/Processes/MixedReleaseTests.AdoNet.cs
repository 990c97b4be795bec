using Onboarding.Endpoint.Hosting;
using Onboarding.TestKit.Servers;
using Xunit.Abstractions;

namespace Onboarding.Silo.Tests.Processes;

/// <summary>A cluster under load whose silos are replaced one after the other by those of another release: to this one, and back.</summary>
[Collection(nameof(KilledSilo))]
public sealed class MixedReleaseTests(ITestOutputHelper output)
{
    private const int Silos = 3;
    private const int Joining = 50;
    private const int Agents = Joining * (1 + (2 * Silos));

    [EarlierReleaseFact]
    public async Task SilosAreReplacedByThisRelease_AndBack_NothingIsLostAndNobodyIsThereTwice()
    {
        await using var server = await PostgreSqlServer.StartAsync();
        await using var cluster = await RunningCluster.CreateAsync(output, "AdoNet", server.ConnectionString, Agents, gracePeriod: null);
        (await SiloProcess.RunAsync("storage", "init", "--settings", cluster.Files.Root)).ShouldBe((0, ""));
        List<SiloProcess> silos = [.. await cluster.AddAsync(Silos, EarlierReleaseFactAttribute.Release)];
        cluster.Fleet.Balance(silos);
        await cluster.Fleet.JoinAsync(0, Joining);

        await ReplaceAsync(cluster, silos, SiloProcess.ThisRelease);
        await ReplaceAsync(cluster, silos, EarlierReleaseFactAttribute.Release);

        output.WriteLine($"{cluster.Fleet.Count} agents, {cluster.Fleet.Retries} calls made again");
        cluster.Fleet.Count.ShouldBe(Agents);
        await cluster.ShouldHaveLostNothingAsync();
        (await server.ReadNumberAsync("SELECT count(*) FROM onboarding_entity WHERE kind = 'workload'")).ShouldBe(Agents);
    }

    // Two of one release and one of the other, then the other way round: each time, and while one leaves, agents join, renew and send heartbeats through all.
    private static async Task ReplaceAsync(RunningCluster cluster, List<SiloProcess> silos, string release)
    {
        foreach (var old in silos.ToArray())
        {
            silos.AddRange(await cluster.AddAsync(1, release));
            silos.Remove(old);
            cluster.Fleet.Balance(silos);
            var load = LoadAsync(cluster.Fleet);
            (await old.StopAsync()).ShouldBe(ExitCodes.Ok);
            await load;
        }
    }

    private static async Task LoadAsync(Fleet fleet)
    {
        var joining = fleet.JoinAsync(fleet.Count, Joining);
        await fleet.RenewAsync();
        await fleet.BeatAsync();
        await joining;
    }
}
