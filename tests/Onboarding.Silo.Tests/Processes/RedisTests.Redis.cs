using Onboarding.Silo.Tests.Servers;
using Xunit.Abstractions;

namespace Onboarding.Silo.Tests.Processes;

[Collection(nameof(KilledSilo))]
public sealed class RedisTests(ITestOutputHelper output)
{
    [RedisFact]
    public async Task OneOfThreeSilosIsKilled_NothingAcknowledgedIsLostAndNobodyIsThereTwice()
    {
        await using var server = await RedisServer.StartAsync();
        await KilledSilo.RunAsync(output, "Redis", server.ConnectionString, _ => Task.CompletedTask);
    }
}
