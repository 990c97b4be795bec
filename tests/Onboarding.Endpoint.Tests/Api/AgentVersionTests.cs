using Onboarding.Endpoint.Api;

namespace Onboarding.Endpoint.Tests.Api;

public sealed class AgentVersionTests
{
    [Theory]
    [InlineData("0.1.0", "0.0.0")]
    [InlineData("1.4.7", "1.2.0")]
    [InlineData("2.0.1", "2.0.0")]
    public void OldestServedBy_Release_IsTwoMinorReleasesBack(string endpoint, string oldest) =>
        AgentVersion.OldestServedBy(Version.Parse(endpoint)).ShouldBe(Version.Parse(oldest));

    [Theory]
    [InlineData("onboarding-agent/1.1.9", true)]
    [InlineData("onboarding-agent/1.2.0", false)]
    [InlineData("onboarding-agent/1.2.0-rc.1 (linux)", false)]
    [InlineData("onboarding-agent/1.10.0", false)]
    [InlineData("onboarding-agent/", true)]
    [InlineData("onboarding-agent/x", true)]
    [InlineData("other/0.0.1", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void IsTooOld_UserAgent_JudgesOurAgentsOnly(string? userAgent, bool expected) =>
        AgentVersion.IsTooOld(userAgent, new Version(1, 2, 0)).ShouldBe(expected);
}
