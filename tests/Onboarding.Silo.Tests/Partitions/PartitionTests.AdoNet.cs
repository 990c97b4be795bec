using System.Diagnostics;
using Onboarding.Endpoint.Hosting;
using Onboarding.Silo.Tests.Processes;
using Onboarding.Silo.Tests.Servers;
using Onboarding.TestKit.Servers;
using Xunit.Abstractions;

namespace Onboarding.Silo.Tests.Partitions;

/// <summary>
/// Rows 31 and 42 of the threats: one of three silos is cut off for longer than lease and grace period. Agents reach all three all the while.
/// </summary>
[Collection(nameof(KilledSilo))]
public sealed class PartitionTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Agents = 100;
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan GracePeriod = TimeSpan.FromSeconds(10);

    private readonly List<ConnectedSilo> silos = [];
    private PostgreSqlServer server = null!;
    private RunningCluster cluster = null!;

    public async Task InitializeAsync()
    {
        if (PostgreSqlServer.IsInstalled)
        {
            server = await PostgreSqlServer.StartAsync();
            cluster = await RunningCluster.CreateAsync(output, "AdoNet", server.ConnectionString, Agents, GracePeriod, areSteady: true);
            (await SiloProcess.RunAsync("storage", "init", "--settings", cluster.Files.Root)).ShouldBe((0, ""));
            await AddAsync(3);
            await cluster.Fleet.JoinAsync();
            await cluster.Fleet.BeatAsync();
        }
    }

    public async Task DisposeAsync()
    {
        if (PostgreSqlServer.IsInstalled)
        {
            await cluster.DisposeAsync();
            await Task.WhenAll(silos.Select(silo => silo.DisposeAsync().AsTask()));
            await server.DisposeAsync();
        }
    }

    [PostgreSqlFact]
    public async Task SiloIsCutFromItsPeers_EndsAndNothingIsDeletedAndNobodyIsThereTwice()
    {
        silos[0].CutFrom(silos[1..]);

        await BeatForLongerThanTheGracePeriodAsync();
        await ShouldAllBeWithTheOthersAsync();
        silos.ForEach(silo => silo.Heal());

        await silos[0].Process.UntilItKnowsThatItIsOutAsync();
        await ShouldBeThreeAgainAsync();
    }

    [PostgreSqlFact]
    public async Task SiloIsCutFromTheMembershipTable_StaysAndNothingIsDeletedAndNobodyIsThereTwice()
    {
        silos[0].CutFromMembership();

        await BeatForLongerThanTheGracePeriodAsync();
        silos[0].Heal();

        await silos[0].Process.UntilReadyAsync();
        cluster.Fleet.Balance([silos[0].Process]);
        await ShouldHaveLostNothingAsync();
    }

    [PostgreSqlFact]
    public async Task SiloIsCutFromItsPeersAndTheMembershipTable_EndsAndNothingIsDeletedAndNobodyIsThereTwice()
    {
        silos[0].CutFrom(silos[1..]);
        silos[0].CutFromMembership();

        await BeatForLongerThanTheGracePeriodAsync();
        await ShouldAllBeWithTheOthersAsync();
        silos.ForEach(silo => silo.Heal());

        await silos[0].Process.UntilItKnowsThatItIsOutAsync();
        await ShouldBeThreeAgainAsync();
    }

    [PostgreSqlFact]
    public async Task TwoSilosAreCutFromEachOther_OneEndsAndNothingIsDeletedAndNobodyIsThereTwice()
    {
        (await silos[2].Process.StopAsync()).ShouldBe(ExitCodes.Ok);
        cluster.Fleet.Balance(silos[..2].Select(silo => silo.Process));
        await cluster.Fleet.BeatAsync();

        silos[0].CutFrom([silos[1]]);
        await BeatForLongerThanTheGracePeriodAsync();
        silos.ForEach(silo => silo.Heal());

        (await Task.WhenAll(silos.Select(silo => silo.Process.IsReadyAsync()))).Count(isReady => isReady).ShouldBe(1);
        await AddWhileAgentsGoOnAsync(2);
        await ShouldHaveLostNothingAsync();
    }

    private async Task BeatForLongerThanTheGracePeriodAsync()
    {
        var cut = Stopwatch.StartNew();
        await cluster.Fleet.BeatAsync();
        output.WriteLine($"all were served again {cut.Elapsed.TotalSeconds:F1} s after the cut");
        while (cut.Elapsed < Lease + GracePeriod)
        {
            await Task.Delay(Lease / 5, TimeProvider.System);
            await cluster.Fleet.BeatAsync();
            cluster.Files.Written().Length.ShouldBe(Agents);
        }

        output.WriteLine($"{cut.Elapsed.TotalSeconds:F1} s: ready: {string.Join(", ", await Task.WhenAll(silos.Select(silo => silo.Process.IsReadyAsync())))}");
    }

    // An agent that stayed with the silo that is out would be taken for lost: its lease is not there any more. While the others learn of each other what
    // has gone, a workload may be activated by both; the one that loses ends with its next write.
    private async Task ShouldAllBeWithTheOthersAsync() =>
        (await silos[1].Process.GetSilosAsync()).Silos.Sum(silo => silo.Activations["workload"]).ShouldBeGreaterThanOrEqualTo(Agents);

    private async Task ShouldBeThreeAgainAsync()
    {
        await silos[0].Process.KillAsync();
        cluster.Fleet.Balance(silos[1..].Select(silo => silo.Process));
        await AddWhileAgentsGoOnAsync(1);
        await ShouldHaveLostNothingAsync();
    }

    private async Task AddWhileAgentsGoOnAsync(int count)
    {
        var adding = AddAsync(count);
        while (!adding.IsCompleted)
        {
            // A silo may take as long to start as a lease.
            await cluster.Fleet.BeatAsync();
            await Task.WhenAny(adding, Task.Delay(Lease / 5, TimeProvider.System));
        }

        await adding;
    }

    private async Task ShouldHaveLostNothingAsync()
    {
        output.WriteLine($"{cluster.Fleet.Retries} calls made again");
        await cluster.ShouldHaveLostNothingAsync();
        (await server.ReadNumberAsync("SELECT count(*) FROM onboarding_entity WHERE kind = 'workload'")).ShouldBe(Agents);
    }

    private async Task AddAsync(int count)
    {
        var added = Enumerable.Range(0, count).Select(_ => ConnectedSilo.Start(cluster.Files, server)).ToArray();
        silos.AddRange(added);
        await cluster.AddAsync(added.Select(silo => silo.Process));
        cluster.Fleet.Balance(silos.TakeLast(3).Select(silo => silo.Process));
    }
}
