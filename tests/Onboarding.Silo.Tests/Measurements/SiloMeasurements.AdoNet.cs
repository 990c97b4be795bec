using System.Diagnostics;
using System.Globalization;
using Onboarding.Silo.Tests.Processes;
using Onboarding.Silo.Tests.Servers;
using Xunit.Abstractions;

namespace Onboarding.Silo.Tests.Measurements;

/// <summary>
/// What silos carry, measured by hand: <c>ONBOARDING_MEASURE=20000 dotnet test -c Release tests/Onboarding.Silo.Tests --filter SiloMeasurements --logger "console;verbosity=detailed"</c>.
/// Agents, silos and PostgreSQL share the machine, so that the figures compare with each other more than with another machine's.
/// </summary>
[Collection(nameof(KilledSilo))]
public sealed class SiloMeasurements(ITestOutputHelper output)
{
    private const int Sample = 500;

    [MeasuredTheory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Measure_SessionsHeartbeatsAndMemory(int count)
    {
        await using var server = await PostgreSqlServer.StartAsync();
        await using var cluster = await CreateAsync(server);
        var silos = await cluster.AddAsync(count);
        var before = silos.Sum(silo => silo.ResidentBytes);
        cluster.Fleet.Balance(silos);

        var joined = await TimeAsync(cluster.Fleet.JoinAsync());
        await cluster.Fleet.BeatAsync();
        var beaten = await TimeAsync(cluster.Fleet.BeatAsync());
        var agents = cluster.Fleet.Count;
        var spread = await Task.WhenAll(silos.Select(async silo => (await silo.GetMemberAsync()).Activations["workload"]));
        var rows = await server.ReadNumberAsync("SELECT pg_total_relation_size('onboarding_entity')::bigint");
        Say($"{count} silos: {agents / joined:F0} joins/s, {agents / beaten:F0} heartbeats/s, {cluster.Fleet.Retries} calls made again; workloads per silo: {string.Join(", ", spread)}");
        Say($"per agent: {(silos.Sum(silo => silo.ResidentBytes) - before) / agents} bytes of memory, {rows / agents} bytes of storage");
        await cluster.ShouldHaveLostNothingAsync();
    }

    [MeasuredFact]
    public async Task Measure_ServedAgainAfterASiloIsKilledAndAfterOneStandsStill()
    {
        await using var server = await PostgreSqlServer.StartAsync();
        await using var cluster = await CreateAsync(server);
        var silos = await cluster.AddAsync(3);
        cluster.Fleet.Balance(silos);
        await cluster.Fleet.JoinAsync();
        await cluster.Fleet.BeatAsync();

        await silos[0].KillAsync();
        cluster.Fleet.Balance(silos[1..]);
        Say($"{Sample} of {cluster.Fleet.Count} agents, picked evenly, were all served again {await TimeAsync(cluster.Fleet.BeatAsync(Sample)):F1} s after SIGKILL");
        await cluster.Fleet.BeatAsync();

        var added = await cluster.AddAsync(1);
        await cluster.Fleet.RenewAsync();
        Say($"the silo that was added has {(await added[0].GetMemberAsync()).Activations["workload"]} of {cluster.Fleet.Count} workloads after one renewal");

        await silos[1].SuspendAsync();
        cluster.Fleet.Balance([silos[2], added[0]]);
        Say($"and {await TimeAsync(cluster.Fleet.BeatAsync(Sample)):F1} s after SIGSTOP");
        await silos[1].ResumeAsync();
        await silos[1].UntilItKnowsThatItIsOutAsync();
        await cluster.ShouldHaveLostNothingAsync();
        Say($"nothing was lost; {cluster.Fleet.Retries} calls were made again");
    }

    private static async Task<double> TimeAsync(Task task)
    {
        var clock = Stopwatch.StartNew();
        await task;
        return clock.Elapsed.TotalSeconds;
    }

    private async Task<RunningCluster> CreateAsync(PostgreSqlServer server)
    {
        var cluster = await RunningCluster.CreateAsync(output, "AdoNet", server.ConnectionString, MeasuredFactAttribute.Agents, TimeSpan.FromHours(1));
        (await SiloProcess.RunAsync("storage", "init", "--settings", cluster.Files.Root)).ShouldBe((0, ""));
        return cluster;
    }

    private void Say(FormattableString text) => output.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
