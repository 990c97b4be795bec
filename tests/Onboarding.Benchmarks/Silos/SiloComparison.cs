using System.Diagnostics;
using System.Globalization;
using Onboarding.Benchmarks.Endpoint;
using Onboarding.TestKit.Issuers;

namespace Onboarding.Benchmarks.Silos;

/// <summary>
/// The same agents against the standalone edition and one, two and three silos, in turns: calls a second, and what a call costs silos and PostgreSQL.
/// Agents, silos and database share the machine, so that what a call costs says more than how many there are in a second.
/// </summary>
internal sealed class SiloComparison(TextWriter output, int agents) : IDisposable
{
    /// <summary>The argument that makes this program measure it; the number of agents follows.</summary>
    public const string Argument = "silos";

    private const int Connections = 32;
    private const int Heartbeats = 10;
    private const int Rounds = 2;
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(2);

    private readonly TestPki pki = new();
    private readonly TestIssuerKey key = new("key-1");
    private int members;

    /// <summary>Measures and prints a line for each kind of call.</summary>
    public async Task RunAsync()
    {
        using var endpoint = new BenchedEndpoint(pki, key, Connections);
        await endpoint.UntilServingAsync();
        await using var one = await BenchedCluster.StartAsync(pki, key, 1);
        await using var two = await BenchedCluster.StartAsync(pki, key, 2);
        await using var three = await BenchedCluster.StartAsync(pki, key, 3);
        Contender[] contenders = [new("standalone", [endpoint.Process], [endpoint.Api], null, endpoint.Files.Data), Of("1 silo", one), Of("2 silos", two), Of("3 silos", three)];
        await Task.WhenAll(contenders.Select(IdleAsync));
        output.WriteLine("round  who         call           calls/s  CPU µs  of PostgreSQL  reads  writes  deletes  WAL bytes  files   (each for one call)");
        for (var round = 0; round <= Rounds; round++)
        {
            foreach (var contender in contenders)
            {
                await MeasureAsync(round == 0 ? "cold" : BenchedEndpoint.Text(round), contender, isLast: round == Rounds);
            }
        }

        Array.ForEach(contenders[1..], contender => Array.ForEach([.. contender.Apis], api => api.Dispose()));
    }

    public void Dispose()
    {
        key.Dispose();
        pki.Dispose();
    }

    private static Contender Of(string name, BenchedCluster cluster) => new(
        name,
        [.. cluster.Silos.Select(silo => silo.Process)],
        [.. cluster.Silos.Select(silo => cluster.Client(silo, Connections))],
        cluster,
        cluster.Files.Data);

    private async Task MeasureAsync(string round, Contender contender, bool isLast)
    {
        var all = Enumerable.Range(0, agents).Select(number => Member.Create(contender.Apis[number % contender.Apis.Count], key, Interlocked.Increment(ref members))).ToList();
        await CostAsync(round, contender, "session", all, each => each.OpenAsync());
        await CostAsync(round, contender, "registration", all, each => each.RegisterAsync());
        await CostAsync(round, contender, "start", all, each => each.StartAsync());
        await CostAsync(round, contender, "heartbeat", [.. Enumerable.Repeat(all, Heartbeats).SelectMany(each => each)], each => each.HeartbeatAsync());
        await CostAsync(round, contender, "renewal", all, each => each.RenewAsync());
        await (isLast ? TellSizesAsync(contender) : Task.CompletedTask);
        await CostAsync(round, contender, "leave", all, each => each.LeaveAsync());
        all.ForEach(each => each.Agent.Dispose());
    }

    // What the calls leave to be done counts as well, but not its time.
    private async Task CostAsync(string round, Contender contender, string call, List<Member> items, Func<Member, Task> act)
    {
        await contender.UntilQuietAsync();
        var (cpu, databaseCpu, statements, began) = (contender.Cpu, contender.DatabaseCpu, await contender.CountAsync(), TimeProvider.System.GetUtcNow().UtcDateTime);
        var started = Stopwatch.GetTimestamp();
        await Parallel.ForEachAsync(items, new ParallelOptions { MaxDegreeOfParallelism = Connections }, async (item, _) => await act(item));
        var rate = items.Count / Stopwatch.GetElapsedTime(started).TotalSeconds;
        await contender.UntilQuietAsync();
        (cpu, databaseCpu, statements) = (contender.Cpu - cpu, contender.DatabaseCpu - databaseCpu, await contender.CountAsync() - statements);
        var files = contender.Registrations().Count(file => file.LastWriteTimeUtc >= began);
        double Each(double sum) => sum / items.Count;
        Say($"{round,5}  {contender.Name,-10}  {call,-12}  {rate,8:F0}  {Each(cpu.TotalMicroseconds),6:F0}  {Each(databaseCpu.TotalMicroseconds),13:F0}  {Each(statements.Reads),5:F2}  {Each(statements.Writes),6:F2}  {Each(statements.Deletes),7:F2}  {Each(statements.WalBytes),9:F0}  {Each(files),5:F2}");
    }

    private async Task TellSizesAsync(Contender contender)
    {
        var files = contender.Registrations().Select(file => file.Length).DefaultIfEmpty().ToArray();
        Say($"{contender.Name}: {files.Length} registrations, {files.Average():F0} bytes of YAML each");
        if (contender.Cluster is { } cluster)
        {
            var spread = (await cluster.Silos[0].GetMembersAsync()).Select(member => string.Join(", ", member.Activations.Select(count => $"{count.Value} {count.Key}")));
            Say($"{contender.Name}: in memory {string.Join(" | ", spread)}");
            var rows = await cluster.Database.ReadAsync("SELECT kind, count(*), avg(length(payload))::bigint FROM onboarding_entity GROUP BY kind ORDER BY kind");
            var table = await cluster.Database.ReadNumberAsync("SELECT pg_total_relation_size('onboarding_entity')::bigint");
            Say($"{contender.Name}: rows {string.Join(", ", rows.Select(row => $"{row[1]} {row[0]} of {row[2]} bytes"))}; with index and what vacuum has not taken back {table / agents} bytes an agent");
        }
    }

    private async Task IdleAsync(Contender contender)
    {
        await contender.UntilQuietAsync();
        var (cpu, databaseCpu, statements) = (contender.Cpu, contender.DatabaseCpu, await contender.CountAsync());
        await Task.Delay(Idle, TimeProvider.System);
        statements = await contender.CountAsync() - statements;
        var each = contender.Processes.Count * Idle.TotalMinutes;
        Say($"{contender.Name}, without agents: {(contender.Cpu - cpu).TotalMilliseconds / each:F0} ms of CPU a minute and process, {(contender.DatabaseCpu - databaseCpu).TotalMilliseconds / each:F0} ms of PostgreSQL, {statements.Membership / each:F1} statements on members, {(statements.Reads + statements.Writes + statements.Deletes) / each:F1} on entities");
    }

    private void Say(FormattableString text) => output.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
