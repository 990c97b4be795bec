using Onboarding.Silo.Tests.Servers;
using Onboarding.TestKit.Servers;
using Xunit.Abstractions;

namespace Onboarding.Silo.Tests.Processes;

[Collection(nameof(KilledSilo))]
public sealed class PostgreSqlTests(ITestOutputHelper output)
{
    [PostgreSqlFact]
    public async Task OneOfThreeSilosIsKilled_NothingAcknowledgedIsLostAndNobodyIsThereTwice()
    {
        await using var server = await PostgreSqlServer.StartAsync();
        await KilledSilo.RunAsync(output, "AdoNet", server.ConnectionString, async files =>
        {
            // Once more does no harm.
            (await SiloProcess.RunAsync("storage", "init", "--settings", files.Root)).ShouldBe((0, ""));
            (await SiloProcess.RunAsync("storage", "init", "--settings", files.Root)).ShouldBe((0, ""));
        });

        (await server.ReadNumberAsync("SELECT count(*) FROM onboarding_entity WHERE kind = 'workload'")).ShouldBe(KilledSilo.Agents);
    }
}
