using System.Net;
using Onboarding.Agent.Life;
using Onboarding.Agent.Tests.Fakes;
using Onboarding.Protocol;

namespace Onboarding.Agent.Tests.Life;

public sealed class StayTests : IAsyncDisposable
{
    private readonly AgentHarness agent = new();

    [Theory]
    [InlineData(0, 27)]
    [InlineData(0.5, 30)]
    [InlineData(1, 33)]
    public async Task Heartbeat_Interval_HasATenthOfJitter(double jitter, double seconds)
    {
        await using var other = new AgentHarness(jitter);

        (await other.JoinAsync()).Length.TotalSeconds.ShouldBe(seconds, 0.001);
    }

    [Fact]
    public async Task Heartbeat_Unreachable_IsTriedAgainAndTheSessionStays()
    {
        var pause = await agent.JoinAsync();
        agent.Endpoint.Next("POST /v1/heartbeat", () => throw new HttpRequestException("no route"));
        agent.Endpoint.Refuse("POST /v1/heartbeat", HttpStatusCode.ServiceUnavailable, ProblemCodes.Unavailable);

        pause.Elapse();
        await agent.Delay.PassAsync();
        await agent.Delay.PassAsync();
        await agent.Delay.NextAsync();

        agent.Endpoint.Calls.ShouldBe(["POST /v1/heartbeat", "POST /v1/heartbeat", "POST /v1/heartbeat"]);
        agent.Logger.CountOf(1007).ShouldBe(1);
    }

    [Fact]
    public async Task Renewal_HalfSpent_RenewsOnceAndGoesOnWithTheNewToken()
    {
        var pause = await agent.JoinAsync();
        await PassAsync(pause, TimeSpan.FromMinutes(31));

        agent.Endpoint.CountOf("POST /v1/sessions/renew").ShouldBe(1);
        agent.Endpoint.CountOf("POST /v1/sessions").ShouldBe(0);
        agent.Endpoint.CountOf("POST /v1/heartbeat").ShouldBeGreaterThan(50);
    }

    [Theory]
    [InlineData(3600)]
    [InlineData(-3600)]
    public async Task Renewal_MachinesClockIsWrong_RenewsNeitherLateNorInALoop(int seconds)
    {
        agent.Endpoint.ClockDifference = TimeSpan.FromSeconds(seconds);
        agent.Endpoint.Heartbeat = agent.Endpoint.Heartbeat with { NextHeartbeat = TimeSpan.FromMinutes(5) };
        var pause = await agent.JoinAsync();
        await PassAsync(pause, TimeSpan.FromMinutes(65));

        agent.Endpoint.CountOf("POST /v1/sessions/renew").ShouldBe(2);
        agent.Endpoint.CountOf("POST /v1/sessions").ShouldBe(0);
        agent.Logger.CountOf(1201).ShouldBe(1);
    }

    [Fact]
    public async Task SidecarToken_HalfSpent_IsFetchedAgain()
    {
        agent.Endpoint.SidecarToken = new SidecarTokenResponse("first.x.y", agent.Time.GetUtcNow().AddMinutes(10));
        var pause = await agent.JoinAsync();
        agent.Endpoint.SidecarToken = new SidecarTokenResponse("second.x.y", agent.Time.GetUtcNow().AddHours(1));

        await PassAsync(pause, TimeSpan.FromMinutes(6));

        agent.Endpoint.CountOf("POST /v1/sidecar-token").ShouldBe(1);
        agent.Root.Read("/var/run/secrets/tokens/istio-token").ShouldBe("second.x.y");
    }

    [Theory]
    [InlineData(RestartTurn.Hold, "start r1")]
    [InlineData(RestartTurn.None, "start r1")]
    [InlineData(RestartTurn.Now, "start r1,restart r2")]
    public async Task Heartbeat_NewRevision_FetchesTheBundleAndRestartsOnlyInItsTurn(RestartTurn turn, string orders)
    {
        var pause = await agent.JoinAsync();
        agent.Endpoint.Bundle = Bundles.Ratings("r2");
        agent.Endpoint.Heartbeat = new HeartbeatResponse(turn, TimeSpan.FromSeconds(30), "r2");

        pause.Elapse();
        await agent.Delay.NextAsync();

        agent.Endpoint.Calls.ShouldBe(["POST /v1/heartbeat", "GET /v1/bootstrap"]);
        agent.Services.Files.Revision.ShouldBe("r2");
        agent.Sidecar.Orders.ShouldBe(orders.Split(','));
    }

    [Fact]
    public async Task Heartbeat_TurnComesLater_RestartsWithTheFilesThatAreThere()
    {
        var pause = await agent.JoinAsync();
        agent.Endpoint.Bundle = Bundles.Ratings("r2");
        agent.Endpoint.Heartbeat = new HeartbeatResponse(RestartTurn.Hold, TimeSpan.FromSeconds(30), "r2");
        pause.Elapse();
        pause = await agent.Delay.NextAsync();
        agent.Endpoint.Heartbeat = agent.Endpoint.Heartbeat with { Restart = RestartTurn.Now };

        pause.Elapse();
        await agent.Delay.NextAsync();

        agent.Sidecar.Orders.ShouldBe(["start r1", "restart r2"]);
        agent.Endpoint.CountOf("GET /v1/bootstrap").ShouldBe(1);
    }

    [Fact]
    public async Task Heartbeat_TurnWithoutNews_DoesNotRestart()
    {
        var pause = await agent.JoinAsync();
        agent.Endpoint.Heartbeat = agent.Endpoint.Heartbeat with { Restart = RestartTurn.Now };

        pause.Elapse();
        await agent.Delay.NextAsync();

        agent.Sidecar.Orders.ShouldBe(["start r1"]);
    }

    [Fact]
    public async Task Heartbeat_HostsBlockTakenOut_IsPutBack()
    {
        var pause = await agent.JoinAsync();
        agent.Root.Put("/etc/hosts", "127.0.0.1 localhost\n");

        pause.Elapse();
        await agent.Delay.NextAsync();

        agent.Root.Read("/etc/hosts").ShouldContain("istiod.istio-system.svc");
    }

    [Theory]
    [InlineData(HttpStatusCode.Unauthorized, ProblemCodes.TokenInvalid)]
    [InlineData(HttpStatusCode.Unauthorized, ProblemCodes.TokenExpired)]
    [InlineData(HttpStatusCode.Unauthorized, ProblemCodes.SessionEnded)]
    [InlineData(HttpStatusCode.Unauthorized, ProblemCodes.ReattestationRequired)]
    [InlineData(HttpStatusCode.NotFound, ProblemCodes.RegistrationGone)]
    public async Task Heartbeat_SessionIsOver_AttestsAnewWithANewKeyAndTheSameInstance(HttpStatusCode status, string code)
    {
        var pause = await agent.JoinAsync();
        var before = agent.Endpoint.Opened!;
        agent.Endpoint.Refuse("POST /v1/heartbeat", status, code);

        pause.Elapse();
        (await agent.Delay.PassAsync()).ShouldBeLessThanOrEqualTo(TimeSpan.FromSeconds(2));
        await agent.Delay.NextAsync();

        agent.Endpoint.Calls.ShouldBe(
            ["POST /v1/heartbeat", "GET /v1/discovery", "POST /v1/sessions", "PUT /v1/registration", "GET /v1/bootstrap", "POST /v1/sidecar-token", "POST /v1/heartbeat"]);
        agent.Endpoint.Opened!.Key.ShouldNotBe(before.Key);
        agent.Endpoint.Opened.InstanceId.ShouldBe(before.InstanceId);
        agent.Sidecar.Orders.ShouldBe(["start r1"]);
    }

    [Fact]
    public async Task Run_SessionsThatEndAtOnce_AreNotOpenedInALoop()
    {
        for (var i = 0; i < 10; i++)
        {
            agent.Endpoint.Refuse("POST /v1/heartbeat", HttpStatusCode.Unauthorized, ProblemCodes.SessionEnded);
        }

        _ = agent.Start();
        var total = TimeSpan.Zero;
        for (var i = 0; i < 10; i++)
        {
            total += await agent.Delay.PassAsync();
        }

        total.ShouldBeGreaterThan(TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task Heartbeat_NotAuthorizedAnyMore_LeavesTheSidecarRunningWithoutItsToken()
    {
        agent.Endpoint.SidecarToken = new SidecarTokenResponse("x.y.z", agent.Time.GetUtcNow().AddHours(1));
        var pause = await agent.JoinAsync();
        agent.Endpoint.Refuse("POST /v1/heartbeat", HttpStatusCode.Forbidden, ProblemCodes.NotAuthorized);

        pause.Elapse();
        pause = await agent.Delay.NextAsync();

        agent.Root.Has("/var/run/secrets/tokens/istio-token").ShouldBeFalse();
        agent.Sidecar.Orders.ShouldBe(["start r1"]);
        agent.Services.Log.State.ShouldBe(LifeState.NotAuthorized);

        pause.Elapse();
        await agent.Delay.NextAsync();
        agent.Services.Log.State.ShouldBe(LifeState.Joined);
        agent.Root.Has("/var/run/secrets/tokens/istio-token").ShouldBeTrue();
    }

    [Theory]
    [InlineData(0, 4)]
    [InlineData(1, 6)]
    public async Task Heartbeat_Superseded_LeavesTheSidecarAndReturnsInSomeMinutes(double jitter, double minutes)
    {
        await using var other = new AgentHarness(jitter);
        var pause = await other.JoinAsync();
        other.Endpoint.Refuse("POST /v1/heartbeat", HttpStatusCode.Conflict, ProblemCodes.Superseded);

        pause.Elapse();
        (await other.Delay.NextAsync()).Length.TotalMinutes.ShouldBe(minutes, 0.001);

        other.Sidecar.Orders.ShouldBe(["start r1"]);
        other.Logger.CountOf(1004).ShouldBe(1);
    }

    [Fact]
    public async Task Run_OffForAWeek_RejoinsByItself()
    {
        var pause = await agent.JoinAsync();
        agent.Time.Jump(TimeSpan.FromDays(7));
        agent.Endpoint.Refuse("POST /v1/sessions/renew", HttpStatusCode.Unauthorized, ProblemCodes.TokenExpired);

        pause.Elapse();
        await agent.Delay.PassAsync();
        await agent.Delay.NextAsync();

        agent.Endpoint.CountOf("POST /v1/sessions").ShouldBe(1);
        agent.Services.Log.State.ShouldBe(LifeState.Joined);
    }

    public async ValueTask DisposeAsync() => await agent.DisposeAsync();

    private async Task PassAsync(FakeDelay.Pause pause, TimeSpan duration)
    {
        var until = agent.Time.GetUtcNow() + duration;
        while (agent.Time.GetUtcNow() < until)
        {
            pause.Elapse();
            pause = await agent.Delay.NextAsync();
        }
    }
}
