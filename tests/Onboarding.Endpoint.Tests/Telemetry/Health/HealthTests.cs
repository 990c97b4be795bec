using Microsoft.Extensions.DependencyInjection;
using Onboarding.Endpoint.Telemetry.Health;
using Onboarding.Endpoint.Tests.Fakes;

namespace Onboarding.Endpoint.Tests.Telemetry.Health;

public sealed class HealthTests
{
    [Fact]
    public async Task Ready_EverythingWell_SaysSo()
    {
        await using var endpoint = await EndpointHarness.StartAsync();

        using var response = await endpoint.Operators().GetAsync("/health/ready");

        ((int)response.StatusCode).ShouldBe(200);
        response.Headers.CacheControl!.NoStore.ShouldBeTrue();
        (await response.JsonAsync()).ToJsonString().ShouldBe("""{"status":"ready","problems":{}}""");
    }

    [Fact]
    public async Task Ready_NotYetListedAndAHostsCheckFails_NamesBoth()
    {
        await using var endpoint = await EndpointHarness.StartAsync(services: services => services.AddSingleton<IReadinessCheck>(new Storage()));
        endpoint.Catalog.AsOf = null;

        using var response = await endpoint.Operators().GetAsync("/health/ready");
        using var live = await endpoint.Operators().GetAsync("/health/live");

        ((int)response.StatusCode).ShouldBe(503);
        (await response.JsonAsync()).ToJsonString().ShouldBe(
            """{"status":"not ready","problems":{"resources":"the resources have not been listed yet","storage":"the disk is full"}}""");
        ((int)live.StatusCode).ShouldBe(200);
    }

    private sealed class Storage : IReadinessCheck
    {
        public string Name => "storage";

        public ValueTask<string?> FindProblemAsync(CancellationToken cancellationToken) => new("the disk is full");
    }
}
