using System.Net;
using System.Text.Json.Nodes;
using Onboarding.Agent.Status;
using Onboarding.Agent.Tests.Fakes;
using Onboarding.Protocol;

namespace Onboarding.Agent.Tests.Status;

public sealed class StatusTests : IAsyncDisposable
{
    private readonly AgentHarness agent = new();
    private readonly StringWriter output = new();
    private readonly StringWriter errors = new();

    private StatusFile Kept => new(agent.Root.Files);

    public ValueTask DisposeAsync() => agent.DisposeAsync();

    [Fact]
    public async Task Status_OfAMember_SaysNameExpiriesBundleAndClock()
    {
        agent.Endpoint.ClockDifference = TimeSpan.FromSeconds(-12);
        await agent.JoinAsync();

        Run(asJson: true).ShouldBeTrue(errors.ToString());

        var status = JsonNode.Parse(output.ToString())!;
        ((string?)status["state"]).ShouldBe("Joined");
        ((string?)status["group"]).ShouldBe("bookinfo/ratings");
        ((string?)status["name"]).ShouldNotBeNullOrEmpty();
        ((string?)status["bundleRevision"]).ShouldBe(agent.Endpoint.Bundle.Revision);
        ((double?)status["clockDifferenceSeconds"]).ShouldBe(-12);
        status["tokenExpiresAt"]!.GetValue<DateTimeOffset>().ShouldBe(agent.Time.GetUtcNow().AddSeconds(-12).AddHours(1));
        status["lastHeartbeat"]!.GetValue<DateTimeOffset>().ShouldBe(agent.Time.GetUtcNow());
    }

    [Fact]
    public async Task Status_HeartbeatRefused_ShowsTheCorrelationIdUntilItWorksAgain()
    {
        var pause = await agent.JoinAsync();
        agent.Endpoint.Refuse("POST /v1/heartbeat", HttpStatusCode.ServiceUnavailable, ProblemCodes.Unavailable);
        pause.Elapse();
        var retry = await agent.Delay.NextAsync();

        Run(asJson: false).ShouldBeTrue();
        output.ToString().ShouldContain("Failing:");
        output.ToString().ShouldContain(FakeEndpoint.CorrelationId);

        retry.Elapse();
        await agent.Delay.NextAsync();
        Kept.Read()!.Failing.ShouldBeEmpty();
        Kept.Read()!.LastError!.Text.ShouldContain(FakeEndpoint.CorrelationId);
    }

    [Fact]
    public async Task Status_NotAuthorized_IsNoMember()
    {
        agent.Endpoint.Refuse("POST /v1/sessions", HttpStatusCode.Forbidden, ProblemCodes.NotAuthorized);
        _ = agent.Start();
        await agent.Delay.NextAsync();

        Run(asJson: false).ShouldBeFalse();

        output.ToString().ShouldContain("NotAuthorized since");
    }

    [Fact]
    public async Task Status_OfAnAgentThatHasEnded_SaysThatNoneRuns()
    {
        await agent.JoinAsync();
        Kept.Write(Kept.Read()! with { ProcessStarted = 1 });

        Run(asJson: true).ShouldBeFalse();

        output.ToString().ShouldBeEmpty();
        errors.ToString().ShouldContain("no onboarding-agent runs here");
    }

    [Fact]
    public void Status_NeverStarted_SaysThatNoneRuns()
    {
        Run(asJson: false).ShouldBeFalse();

        errors.ToString().ShouldContain("no onboarding-agent runs here");
    }

    [Fact]
    public async Task SecretsInTheStatus_NeitherTokenNorKeyIsThere()
    {
        await agent.JoinAsync();

        var text = File.ReadAllText(agent.Root.PathOf(StatusFile.Path));
        text.ShouldNotContain(agent.Life.Session!.Current.Token);
        text.ShouldNotContain(agent.Life.Session.Current.Token.Split('.')[1]);
        File.GetUnixFileMode(agent.Root.PathOf(StatusFile.Path)).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    private bool Run(bool asJson) => new StatusCommand(Kept, output, errors).Run(asJson);
}
