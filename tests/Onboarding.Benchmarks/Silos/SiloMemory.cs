using System.Globalization;
using Onboarding.Benchmarks.Endpoint;
using Onboarding.Client;
using Onboarding.TestKit.Issuers;

namespace Onboarding.Benchmarks.Silos;

/// <summary>What a workload takes of a silo's managed heap, after collections: right after it has joined, and when nothing but its own grain is left of that.</summary>
internal sealed class SiloMemory(TextWriter output, int workloads) : IDisposable
{
    /// <summary>The argument that makes this program measure it; the number of workloads follows.</summary>
    public const string Argument = "silo-memory";

    private const int Connections = 32;
    private const int Warming = 500;
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(5);

    private readonly TestPki pki = new();
    private readonly TestIssuerKey key = new("key-1");
    private int members;

    /// <summary>Measures and prints.</summary>
    public async Task RunAsync()
    {
        // The longest interval: a workload whose lease ends is not idle.
        await using var cluster = await BenchedCluster.StartAsync(pki, key, 1, heartbeatInterval: "10m");
        var silo = cluster.Silos[0];
        using var api = cluster.Client(silo, Connections);
        await JoinAsync(api, Warming);
        await UntilOnlyWorkloadsAsync(silo);
        var before = await HeapAsync(silo);
        Say($"{before.Grains}: {before.Heap >> 20} MiB of heap, {silo.Process.Memory >> 20} MiB resident");
        await JoinAsync(api, workloads);
        var joined = await HeapAsync(silo);
        Tell(silo, joined, before);
        await UntilOnlyWorkloadsAsync(silo);
        Tell(silo, await HeapAsync(silo), before);
    }

    public void Dispose()
    {
        key.Dispose();
        pki.Dispose();
    }

    private async Task JoinAsync(ApiClient api, int count) => await Parallel.ForEachAsync(
        Enumerable.Range(0, count),
        new ParallelOptions { MaxDegreeOfParallelism = Connections },
        async (_, _) =>
        {
            var member = Member.Create(api, key, Interlocked.Increment(ref members));
            using (member.Agent)
            {
                await member.OpenAsync();
                await member.RegisterAsync();
                await member.StartAsync();
            }
        });

    // Sessions and addresses leave the memory when nobody has asked them for a while.
    private static async Task UntilOnlyWorkloadsAsync(BenchedSilo silo)
    {
        while ((await GrainsAsync(silo)).Any(count => count.Key is "session" or "address" && count.Value > 0))
        {
            await Task.Delay(Look, TimeProvider.System);
        }
    }

    private static async Task<SortedDictionary<string, int>> GrainsAsync(BenchedSilo silo) => (await silo.GetMembersAsync()).Single().Activations;

    private static async Task<(string Grains, long Heap)> HeapAsync(BenchedSilo silo)
    {
        await silo.Process.CollectAsync();
        var metrics = (await silo.GetMetricsAsync()).Split('\n');
        var grains = await GrainsAsync(silo);
        return (
            string.Join(", ", grains.Where(count => count.Value > 0).Select(count => $"{count.Value} {count.Key}")),
            Sum(metrics, "dotnet_gc_last_collection_heap_size_bytes") - Sum(metrics, "dotnet_gc_last_collection_heap_fragmentation_size_bytes"));
    }

    private static long Sum(IEnumerable<string> metrics, string name) => metrics
        .Where(line => line.StartsWith(name + "{", StringComparison.Ordinal))
        .Sum(line => long.Parse(line[(line.LastIndexOf(' ') + 1)..], NumberStyles.Float, CultureInfo.InvariantCulture));

    private void Tell(BenchedSilo silo, (string Grains, long Heap) now, (string Grains, long Heap) before) => Say(
        $"{now.Grains}: {now.Heap >> 20} MiB of heap, {silo.Process.Memory >> 20} MiB resident; {(now.Heap - before.Heap) / (double)workloads:F0} bytes of heap for each of {workloads} workloads");

    private void Say(FormattableString text) => output.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
