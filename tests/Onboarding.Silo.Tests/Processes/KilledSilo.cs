using System.Diagnostics;
using Onboarding.TestKit.Issuers;
using Xunit.Abstractions;

namespace Onboarding.Silo.Tests.Processes;

/// <summary>Three silos under load, of which one is killed: nothing that was acknowledged is lost, and nobody is registered twice.</summary>
internal static class KilledSilo
{
    /// <summary>How many agents join.</summary>
    public const int Agents = 300;

    public static async Task RunAsync(ITestOutputHelper output, string provider, string connectionString, Func<SiloFiles, Task> prepare)
    {
        using var pki = new TestPki();
        await using var issuer = await TestIssuer.StartAsync(pki, algorithm: "ES256");
        using var files = new SiloFiles(pki, issuer.Issuer, new
        {
            Clustering = new { ProviderType = provider, ConnectionString = connectionString },
            GrainStorage = new { Default = new { ProviderType = provider, ConnectionString = connectionString } },
        });
        await prepare(files);
        SiloProcess[] silos = [SiloProcess.Start(files), SiloProcess.Start(files), SiloProcess.Start(files)];
        try
        {
            await Task.WhenAll(silos.Select(silo => silo.UntilReadyAsync()));
            using var fleet = new Fleet(pki, issuer, Agents);
            fleet.Balance(silos);
            var clock = Stopwatch.StartNew();
            var joining = fleet.JoinAsync();
            await UntilAsync(() => fleet.Count >= Agents / 2 || joining.IsCompleted);
            await silos[1].KillAsync();
            var killed = clock.Elapsed;
            await fleet.BeatAsync();
            output.WriteLine($"those registered before the kill were all served again {(clock.Elapsed - killed).TotalSeconds:F1} s after it");
            await joining;
            output.WriteLine($"{fleet.Count} agents joined in {clock.Elapsed.TotalSeconds:F1} s, with {fleet.Retries} calls made again");

            await fleet.BeatAsync();
            fleet.Names.ShouldBeUnique(StringComparer.Ordinal);
            await UntilAsync(() => files.Written().Length >= Agents);
            files.Written().Order(StringComparer.Ordinal).ShouldBe(fleet.Names.Order(StringComparer.Ordinal));
        }
        catch (Exception)
        {
            output.WriteLine(string.Join("\n---\n", silos.Select(silo => silo.Errors)));
            throw;
        }
        finally
        {
            Array.ForEach(silos, silo => silo.Dispose());
        }
    }

    private static async Task UntilAsync(Func<bool> happened)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!happened())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, patience.Token);
        }
    }
}
