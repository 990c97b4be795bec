using Onboarding.Agent.Endpoint;
using Onboarding.Agent.Sidecar;
using Onboarding.Agent.Tests.Fakes;
using Onboarding.Protocol;

namespace Onboarding.Agent.Tests.Sidecar;

public sealed class DeliveredBundleFilterTests
{
    [Theory]
    [InlineData("web1")]
    [InlineData("web1.corp.example")]
    [InlineData("onboarding.example.com")]
    public void Filter_AliasThatTakesANameOfTheMachineOrTheEndpoint_IsLeftOut(string name)
    {
        var logger = new RecordingLogger();
        var target = new EndpointTarget("onboarding.example.com", 15443);
        var sut = new DeliveredBundleFilter([], ["web1", "web1.corp.example"], target, logger);
        var bundle = Bundles.Ratings() with { Hosts = [new HostsEntry("127.0.0.2", [name, "details.bookinfo.svc"])] };

        sut.Filter(bundle).Hosts.ShouldHaveSingleItem().Names.ShouldBe(["details.bookinfo.svc"]);

        logger.CountOf(1311).ShouldBe(1);
    }
}
