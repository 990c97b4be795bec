using Onboarding.Agent.Life;
using Onboarding.Agent.Tests.Fakes;

namespace Onboarding.Agent.Tests.Life;

public sealed class DepartureTests : IDisposable
{
    private readonly TemporaryRoot root = new();

    [Theory]
    [InlineData(null, true, true)]
    [InlineData(null, false, false)]
    [InlineData(true, true, false)]
    [InlineData(false, false, true)]
    public async Task IsForGood_ServiceManager_WinsOverTheSetting(bool? restarting, bool leavesUnlessTold, bool expected) =>
        (await new Departure(root.Files, new Manager(restarting), leavesUnlessTold).IsForGoodAsync(CancellationToken.None)).ShouldBe(expected);

    [Fact]
    public async Task IsForGood_UpgradeInProgress_HandsOver()
    {
        root.Put("/run/onboarding-agent/handover", "");

        (await new Departure(root.Files, new Manager(false), leavesUnlessTold: true).IsForGoodAsync(CancellationToken.None)).ShouldBeFalse();
    }

    [Theory]
    [InlineData("123 onboarding-agent.service restart running\n", true)]
    [InlineData("124 onboarding-agent.service stop    running\n", false)]
    [InlineData("125 other.service restart running\n", null)]
    [InlineData("No jobs running.\n", null)]
    [InlineData("", null)]
    public void JobOf_PendingJobs_TellRestartFromStop(string jobs, bool? expected) =>
        SystemdManager.JobOf("onboarding-agent.service", jobs).ShouldBe(expected);

    public void Dispose() => root.Dispose();

    private sealed class Manager(bool? restarting) : IServiceManager
    {
        public Task<bool?> IsRestartingAsync(CancellationToken cancellationToken) => Task.FromResult(restarting);
    }
}
