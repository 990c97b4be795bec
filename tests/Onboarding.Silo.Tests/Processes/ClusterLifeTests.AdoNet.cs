using System.Diagnostics;
using Onboarding.Endpoint.Hosting;
using Onboarding.Silo.Tests.Servers;
using Onboarding.TestKit.Servers;
using Xunit.Abstractions;

namespace Onboarding.Silo.Tests.Processes;

/// <summary>What happens to clusters: one grows, one is upgraded, one has a silo that stands still.</summary>
[Collection(nameof(KilledSilo))]
public sealed class ClusterLifeTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Agents = 100;
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan GracePeriod = TimeSpan.FromSeconds(15);

    private PostgreSqlServer server = null!;

    public async Task InitializeAsync()
    {
        if (PostgreSqlServer.IsInstalled)
        {
            server = await PostgreSqlServer.StartAsync();
        }
    }

    public async Task DisposeAsync()
    {
        if (PostgreSqlServer.IsInstalled)
        {
            await server.DisposeAsync();
        }
    }

    [PostgreSqlFact]
    public async Task SiloIsAddedThenTheOthersAreReplaced_ItCarriesItsShareAndNothingIsLost()
    {
        await using var cluster = await CreateAsync(gracePeriod: null);
        var before = await cluster.AddAsync(2);
        cluster.Fleet.Balance(before);
        await cluster.Fleet.JoinAsync();

        var added = (await cluster.AddAsync(1))[0];
        await cluster.Fleet.RenewAsync();
        await cluster.Fleet.BeatAsync();

        // A third of them, more or less: chance picks them.
        (await added.GetMemberAsync()).Activations["workload"].ShouldBeInRange(Agents / 8, Agents * 5 / 8);

        foreach (var old in before)
        {
            var replacement = (await cluster.AddAsync(1))[0];
            cluster.Fleet.Balance([added, replacement]);
            var beating = cluster.Fleet.BeatAsync();
            (await old.StopAsync()).ShouldBe(ExitCodes.Ok);
            await beating;
        }

        output.WriteLine($"{cluster.Fleet.Retries} calls made again");
        await cluster.ShouldHaveLostNothingAsync();
    }

    /// <summary>Rows 31 and 42 of the threats: every lease that the silo held ends while it stands still, and all its timers fire when it goes on.</summary>
    [PostgreSqlFact]
    public async Task SiloStandsStillForLongerThanTheGracePeriod_GoesOnAndDeletesNothing()
    {
        await using var cluster = await CreateAsync(GracePeriod);
        var silos = await cluster.AddAsync(3);
        cluster.Fleet.Balance(silos);
        await cluster.Fleet.JoinAsync();
        await cluster.Fleet.BeatAsync();

        cluster.Fleet.Balance(silos[1..]);
        await silos[0].SuspendAsync();
        var still = Stopwatch.StartNew();
        await cluster.Fleet.BeatAsync();
        output.WriteLine($"all were served again {still.Elapsed.TotalSeconds:F1} s after the silo stood still");
        while (still.Elapsed < Lease + GracePeriod)
        {
            await Task.Delay(Lease / 5, TimeProvider.System);
            await cluster.Fleet.BeatAsync();
        }

        await silos[0].ResumeAsync();
        await silos[0].UntilItKnowsThatItIsOutAsync();

        output.WriteLine($"{cluster.Fleet.Retries} calls made again");
        await cluster.ShouldHaveLostNothingAsync();
    }

    private async Task<RunningCluster> CreateAsync(TimeSpan? gracePeriod)
    {
        var cluster = await RunningCluster.CreateAsync(output, "AdoNet", server.ConnectionString, Agents, gracePeriod);
        (await SiloProcess.RunAsync("storage", "init", "--settings", cluster.Files.Root)).ShouldBe((0, ""));
        return cluster;
    }
}
