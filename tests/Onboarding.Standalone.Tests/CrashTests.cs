using System.Globalization;
using System.Net;
using Onboarding.TestKit.Issuers;
using Xunit.Abstractions;

namespace Onboarding.Standalone.Tests;

public sealed class CrashTests(ITestOutputHelper output)
{
    private const int Agents = 10_000;
    private const int Kills = 5;

    private readonly int[] ports = FreePorts.Take(3);
    private TaskCompletionSource isBack = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    public async Task Storm_KilledAtRandomMoments_NothingAcknowledgedIsLostAndNothingIsThereTwice()
    {
        using var pki = new TestPki();
        await using var issuer = await TestIssuer.StartAsync(pki, algorithm: "ES256");
        using var files = new StandaloneFiles(pki, issuer.Issuer);
        var endpoint = new Uri(string.Create(CultureInfo.InvariantCulture, $"https://localhost:{ports[0]}"));
        using var storm = new Storm(endpoint, pki, issuer, Agents, () => isBack.Task);
        var process = await StandaloneProcess.StartAsync(files, ports);
        try
        {
            isBack.SetResult();
            var joining = storm.RunAsync();
            foreach (var moment in RandomMoments())
            {
                await UntilAsync(() => storm.Count >= moment || joining.IsCompleted);
                process = await KillAndStartAsync(process, files);
            }

            await joining;

            // Once more, before all that follows outside is done.
            process = await KillAndStartAsync(process, files);
            output.WriteLine($"{storm.Count} joined with {storm.Retries} retries over {Kills + 1} kills");

            await storm.ForEachAsync(async joined => (await joined.Agent.HeartbeatAsync()).Status.ShouldBe(HttpStatusCode.OK, joined.Name));
            await ShouldBeWrittenOnceEachAsync(files, [.. storm.Joined.Select(joined => joined.Name)]);
            files.CountRows("workload").ShouldBe(Agents);
        }
        finally
        {
            process.Dispose();
        }
    }

    // What a death kept from being written is written once the namespace's walk, or a heartbeat, has loaded the row.
    private static async Task ShouldBeWrittenOnceEachAsync(StandaloneFiles files, IReadOnlyCollection<string> names)
    {
        names.ShouldBeUnique(StringComparer.Ordinal);
        string[] Written() => [.. Directory.EnumerateFiles(files.Registrations, "*.yaml", SearchOption.AllDirectories).Select(file => Path.GetFileNameWithoutExtension(file))];
        await UntilAsync(() => Written().Length >= names.Count);
        Written().Order(StringComparer.Ordinal).ShouldBe(names.Order(StringComparer.Ordinal));
    }

    private int[] RandomMoments()
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        return [.. Enumerable.Range(0, Kills).Select(_ => random.Next(Agents)).Order()];
    }

    private async Task<StandaloneProcess> KillAndStartAsync(StandaloneProcess process, StandaloneFiles files)
    {
        isBack = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await process.KillAsync();
        process.Dispose();
        var started = await StandaloneProcess.StartAsync(files, ports);
        isBack.SetResult();
        return started;
    }

    private static async Task UntilAsync(Func<bool> happened)
    {
        while (!happened())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        }
    }
}
