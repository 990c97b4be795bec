using System.Diagnostics;
using System.Globalization;
using Onboarding.Client;
using Onboarding.TestKit.Issuers;

namespace Onboarding.Benchmarks.Silos;

/// <summary>
/// How long agents are not served when one of three silos is killed, and when one stands still: a sample asks at once, over the silos that are left, while
/// the rest of the fleet goes on with a heartbeat every 30 s.
/// </summary>
internal sealed class SiloFailover(TextWriter output, int agents) : IDisposable
{
    /// <summary>The argument that makes this program measure it; the number of agents follows.</summary>
    public const string Argument = "silo-failover";

    private const int Silos = 3;
    private const int Sample = 600;
    private const int Connections = Sample;
    private static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    private readonly TestPki pki = new();
    private readonly TestIssuerKey key = new("key-1");
    private readonly Dictionary<BenchedSilo, ApiClient> apis = [];

    /// <summary>Measures and prints.</summary>
    public async Task RunAsync()
    {
        await using var cluster = await BenchedCluster.StartAsync(pki, key, Silos);
        await using var fleet = new BalancedFleet(key, agents);
        Balance(fleet, cluster);
        await fleet.JoinAsync();
        await fleet.BeatAsync(agents);
        Say($"{agents} agents joined");
        await TellServedAsync("killed", fleet, cluster, silo =>
        {
            silo.Process.Kill();
            return Task.CompletedTask;
        });
        await cluster.AddAsync();
        Balance(fleet, cluster);
        await fleet.BeatAsync(agents);
        var still = await TellServedAsync("stopped", fleet, cluster, silo => silo.Process.SignalAsync("STOP"));
        await still.Process.SignalAsync("CONT");
        while (!still.Process.HasExited && await still.IsReadyAsync())
        {
            await Task.Delay(Look, TimeProvider.System);
        }

        await fleet.BeatAsync(agents);
        Say($"{Directory.EnumerateFiles(Path.Combine(cluster.Files.Data, "registrations"), "*.yaml", SearchOption.AllDirectories).Count()} of {agents} registrations are there; {fleet.Again} calls were made again");
    }

    public void Dispose()
    {
        foreach (var api in apis.Values)
        {
            api.Dispose();
        }

        key.Dispose();
        pki.Dispose();
    }

    // An agent whose silo stays keeps its connection.
    private void Balance(BalancedFleet fleet, BenchedCluster cluster)
    {
        foreach (var silo in cluster.Silos)
        {
            apis.TryAdd(silo, cluster.Client(silo, Connections));
        }

        fleet.Balance([.. cluster.Silos.Select(silo => apis[silo])]);
    }

    private async Task<BenchedSilo> TellServedAsync(string what, BalancedFleet fleet, BenchedCluster cluster, Func<BenchedSilo, Task> act)
    {
        var lost = cluster.Silos[0];
        var (dead, before) = (await DeadAsync(cluster), await Statements.ReadAsync(cluster.Database));
        await act(lost);
        cluster.Forget(lost);
        Balance(fleet, cluster);
        var declared = UntilDeclaredAsync(cluster, dead + 1);
        var served = (await fleet.BeatAsync(Sample)).Order().ToArray();
        var atOnce = served.Count(after => after < AtOnce);
        Say($"one of {Silos} silos was {what}: of {served.Length} agents {atOnce} were served within {AtOnce.TotalSeconds} s, half of the others after {served[(served.Length + atOnce) / 2].TotalSeconds:F1} s, all after {served[^1].TotalSeconds:F1} s; it was declared dead after {(await declared).TotalSeconds:F1} s");
        await fleet.BeatAsync(agents);
        var cost = await Statements.ReadAsync(cluster.Database) - before;
        Say($"until all {agents} were served again: {cost.Reads} reads, {cost.Writes} writes, {cost.Membership} statements on members");
        return lost;
    }

    private static async Task<TimeSpan> UntilDeclaredAsync(BenchedCluster cluster, long count)
    {
        var began = Stopwatch.GetTimestamp();
        while (await DeadAsync(cluster) < count)
        {
            await Task.Delay(Look, TimeProvider.System);
        }

        return Stopwatch.GetElapsedTime(began);
    }

    // 6 is SiloStatus.Dead.
    private static Task<long> DeadAsync(BenchedCluster cluster) => cluster.Database.ReadNumberAsync("SELECT count(*) FROM onboarding_silo WHERE status = 6");

    private void Say(FormattableString text) => output.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
