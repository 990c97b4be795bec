using System.Diagnostics;
using System.Globalization;
using Onboarding.TestKit.Issuers;

namespace Onboarding.Benchmarks.Endpoint;

/// <summary>Memory of registered workloads that do nothing, and how long a start takes with so many of them.</summary>
internal sealed class IdleFleet(TextWriter output, int workloads) : IDisposable
{
    /// <summary>The argument that makes this program measure it; the number of workloads follows.</summary>
    public const string Argument = "idle-fleet";

    private const int Connections = 32;
    private const int Warming = 1000;

    // Of entities that nobody asks and that wait for nothing, only those that were asked within the last two minutes are in memory.
    private static readonly TimeSpan UntilEvicted = TimeSpan.FromMinutes(4);

    private readonly TestPki pki = new();
    private readonly TestIssuerKey key = new("key-1");

    /// <summary>Measures and prints.</summary>
    public async Task RunAsync()
    {
        // The longest interval: a workload whose lease ends is not idle.
        using var endpoint = new BenchedEndpoint(pki, key, Connections, heartbeatInterval: "10m");
        await endpoint.UntilServingAsync();
        await JoinAsync(endpoint, Warming);
        var before = await SettledAsync(endpoint);
        var started = Stopwatch.GetTimestamp();
        var member = await JoinAsync(endpoint, workloads);
        Say($"{workloads} joined in {Stopwatch.GetElapsedTime(started).TotalSeconds:F0} s, {(endpoint.Process.Cpu).TotalSeconds:F0} s of CPU time in all");
        var after = await SettledAsync(endpoint);
        Say($"memory {before >> 20} MiB, then {after >> 20} MiB: {(after - before) / (double)workloads:F0} bytes for each");

        started = Stopwatch.GetTimestamp();
        endpoint.Restart();
        await endpoint.UntilServingAsync();
        Say($"started, that is answering, after {Stopwatch.GetElapsedTime(started).TotalSeconds:F1} s");
        while ((await member.Agent.HeartbeatAsync()).Value is null)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }

        Say($"a member's heartbeat answered after {Stopwatch.GetElapsedTime(started).TotalSeconds:F1} s");
        await endpoint.Process.UntilQuietAsync();
        Say($"quiet after {Stopwatch.GetElapsedTime(started).TotalSeconds:F0} s and {endpoint.Process.Cpu.TotalSeconds:F0} s of CPU time, {endpoint.Process.Memory >> 20} MiB");
        Say($"memory after a collection {await SettledAsync(endpoint) >> 20} MiB");
    }

    public void Dispose()
    {
        key.Dispose();
        pki.Dispose();
    }

    // The agents' own keys go at once: a hundred thousand of them are not what is measured.
    private static async Task<Member> JoinAsync(BenchedEndpoint endpoint, int count)
    {
        Member? last = null;
        await Parallel.ForEachAsync(Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = Connections }, async (_, _) =>
        {
            var member = endpoint.NewMember();
            await member.OpenAsync();
            await member.RegisterAsync();
            await member.StartAsync();
            (Interlocked.Exchange(ref last, member))?.Agent.Dispose();
        });
        return last!;
    }

    private static async Task<long> SettledAsync(BenchedEndpoint endpoint)
    {
        await Task.Delay(UntilEvicted, TimeProvider.System);
        await endpoint.Process.UntilQuietAsync();
        await endpoint.Process.CollectAsync();
        return endpoint.Process.Memory;
    }

    private void Say(FormattableString text) => output.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
