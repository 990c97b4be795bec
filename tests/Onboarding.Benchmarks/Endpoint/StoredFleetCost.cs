using System.Diagnostics;
using System.Globalization;
using Onboarding.TestKit.Issuers;

namespace Onboarding.Benchmarks.Endpoint;

/// <summary>How long a start takes with registrations that are stored, what their heartbeats cost, and what they take of the heap.</summary>
internal sealed class StoredFleetCost(TextWriter output, int workloads) : IDisposable
{
    /// <summary>The argument that makes this program measure it; the number of workloads follows.</summary>
    public const string Argument = "stored-fleet";

    private const int Connections = 32;

    // Until buckets of rates are full again, and none of them counts.
    private static readonly TimeSpan UntilForgotten = TimeSpan.FromMinutes(2);

    private readonly TestPki pki = new();
    private readonly TestIssuerKey key = new("key-1");

    /// <summary>Measures and prints.</summary>
    public async Task RunAsync()
    {
        // The longest interval: a workload whose lease ends is not idle.
        using var endpoint = new BenchedEndpoint(pki, key, Connections, heartbeatInterval: "10m");
        await endpoint.UntilServingAsync();
        await JoinAsync(endpoint);
        var before = await HeapAsync(endpoint);
        endpoint.Stop();
        IReadOnlyList<string> tokens;
        await using (var stored = await StoredFleet.OpenAsync(endpoint.Files))
        {
            tokens = await stored.AddAsync(workloads);
        }

        await StartAsync(endpoint);
        var bundles = await HeartbeatsAsync(endpoint, tokens, new string?[workloads]);
        await HeartbeatsAsync(endpoint, tokens, bundles);
        await Task.Delay(UntilForgotten, TimeProvider.System);
        var after = await HeapAsync(endpoint);
        Say($"heap {before >> 10} KiB, then {after >> 10} KiB: {(after - before) / (double)workloads:F0} bytes for each; {endpoint.Process.Memory >> 20} MiB of the process");
    }

    public void Dispose()
    {
        key.Dispose();
        pki.Dispose();
    }

    private static async Task JoinAsync(BenchedEndpoint endpoint)
    {
        var member = endpoint.NewMember();
        await member.OpenAsync();
        await member.RegisterAsync();
        await member.StartAsync();
        member.Agent.Dispose();
    }

    private static async Task<long> HeapAsync(BenchedEndpoint endpoint)
    {
        await endpoint.Process.UntilQuietAsync();
        await endpoint.Process.CollectAsync();
        return await BenchedEndpoint.HeapAsync();
    }

    private async Task StartAsync(BenchedEndpoint endpoint)
    {
        var started = Stopwatch.GetTimestamp();
        endpoint.Start();
        await endpoint.UntilServingAsync();
        Say($"started, that is answering, after {Stopwatch.GetElapsedTime(started).TotalSeconds:F1} s and {endpoint.Process.Cpu.TotalSeconds:F1} s of CPU time");
        await BenchedEndpoint.UntilReadyAsync();
        Say($"ready after {Stopwatch.GetElapsedTime(started).TotalSeconds:F1} s and {endpoint.Process.Cpu.TotalSeconds:F1} s of CPU time");
        await endpoint.Process.UntilQuietAsync();
        Say($"quiet after {Stopwatch.GetElapsedTime(started).TotalSeconds:F0} s and {endpoint.Process.Cpu.TotalSeconds:F0} s of CPU time");
    }

    // Whoever is told of a bundle runs with it from then on.
    private async Task<string?[]> HeartbeatsAsync(BenchedEndpoint endpoint, IReadOnlyList<string> tokens, string?[] bundles)
    {
        var told = new string?[tokens.Count];
        var cpu = endpoint.Process.Cpu;
        await Parallel.ForAsync(0, tokens.Count, new ParallelOptions { MaxDegreeOfParallelism = Connections }, async (number, _) =>
            told[number] = (await StoredFleet.HeartbeatAsync(endpoint.Api, tokens[number], bundles[number])).Required.BootstrapRevision);
        Say($"{tokens.Count} heartbeats: {(endpoint.Process.Cpu - cpu).TotalMicroseconds / tokens.Count:F0} us of CPU time each");
        return told;
    }

    private void Say(FormattableString text) => output.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
