using System.Net;
using Onboarding.Agent.Life;
using Onboarding.Agent.Tests.Fakes;
using Onboarding.Protocol;

namespace Onboarding.Agent.Tests.Life;

public sealed class FarewellTests : IAsyncDisposable
{
    private readonly AgentHarness agent = new();

    [Fact]
    public async Task Leave_Member_DeregistersWaitsStopsTheSidecarAndRemovesItsFiles()
    {
        await agent.JoinAsync();
        await agent.StopAsync();

        var leaving = LeaveAsync();
        var pause = await agent.Delay.NextAsync();
        pause.Length.ShouldBe(TimeSpan.FromSeconds(10));
        agent.Sidecar.Orders.ShouldBe(["start r1"]);

        pause.Elapse();
        await leaving;
        agent.Endpoint.Calls.ShouldBe(["DELETE /v1/registration"]);
        agent.Sidecar.Orders.ShouldBe(["start r1", "stop"]);
        agent.Root.Has("/var/lib/istio/envoy/cluster.env").ShouldBeFalse();
    }

    [Fact]
    public async Task Leave_ReplyIsLost_IsTriedAgain()
    {
        await agent.JoinAsync();
        await agent.StopAsync();
        agent.Endpoint.Next("DELETE /v1/registration", () => throw new HttpRequestException("reset"));

        var leaving = LeaveAsync();
        await agent.Delay.PassAsync();
        await agent.Delay.PassAsync();
        await leaving;

        agent.Endpoint.CountOf("DELETE /v1/registration").ShouldBe(2);
    }

    [Fact]
    public async Task Leave_EndpointAway_StopsAfterFiveSecondsOfTries()
    {
        await agent.JoinAsync();
        await agent.StopAsync();
        for (var i = 0; i < 100; i++)
        {
            agent.Endpoint.Next("DELETE /v1/registration", () => throw new HttpRequestException("no route"));
        }

        var began = agent.Time.GetUtcNow();
        var leaving = LeaveAsync();
        while (!leaving.IsCompleted)
        {
            var next = agent.Delay.PassAsync();
            await Task.WhenAny(next, leaving);
        }

        await leaving;
        (agent.Time.GetUtcNow() - began).ShouldBeLessThan(TimeSpan.FromSeconds(12));
        agent.Sidecar.Orders.ShouldBe(["start r1", "stop"]);
    }

    [Fact]
    public async Task Leave_AnotherSessionHoldsTheWorkload_IsNotDelayed()
    {
        await agent.JoinAsync();
        await agent.StopAsync();
        agent.Endpoint.Refuse("DELETE /v1/registration", HttpStatusCode.Conflict, ProblemCodes.Superseded);

        await LeaveAsync();

        agent.Sidecar.Orders.ShouldBe(["start r1", "stop"]);
    }

    [Fact]
    public async Task Leave_NeverJoined_StopsTheSidecarAlone()
    {
        await new Farewell(agent.Services, agent.Logger).LeaveAsync(session: null);

        agent.Endpoint.Calls.ShouldBeEmpty();
        agent.Sidecar.Orders.ShouldBe(["stop"]);
    }

    public async ValueTask DisposeAsync() => await agent.DisposeAsync();

    private Task LeaveAsync() => new Farewell(agent.Services, agent.Logger).LeaveAsync(agent.Life.Session);
}
