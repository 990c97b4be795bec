using Onboarding.Protocol;
using Shouldly;
using Xunit;

namespace Onboarding.TestKit.Workloads;

/// <summary>Hops are part of the design: how often a call asks an entity, which may live on another silo.</summary>
public abstract class HopContract : RegistryContract
{
    [Fact]
    public async Task Open_AsksTheWorkloadAndWritesTheSession()
    {
        var agent = NewAgent();

        (await HopsAsync(async () => ShouldBeGranted(await agent.OpenAsync()))).ShouldBe(2);

        World.CountWrites().ShouldBe(2);
    }

    [Fact]
    public async Task Register_AsksSessionAddressAndWorkload()
    {
        var agent = NewAgent();
        await agent.OpenAsync();

        (await HopsAsync(async () => ShouldBeGranted(await agent.RegisterAsync()))).ShouldBe(3);
    }

    [Fact]
    public async Task Join_WritesEachRowAndEachFileAsOftenAsSomethingIsNews()
    {
        var agent = NewAgent();
        ShouldBeGranted(await agent.OpenAsync());
        ShouldBeGranted(await agent.RegisterAsync());
        await World.SettleAsync(agent);

        // Its session (2), its address, its registration, and that it is written.
        World.CountWrites().ShouldBe(5);
        World.Sink.Changes.ShouldBe(1);

        var bundle = ShouldBeGranted(await agent.GetBootstrapAsync());
        await World.SettleAsync(agent);
        World.CountWrites().ShouldBe(5);
        World.Sink.Changes.ShouldBe(1);

        // That its sidecar is ready.
        ShouldBeGranted(await agent.HeartbeatAsync(SidecarState.Ready, bundle.Revision));
        await World.SettleAsync(agent);
        World.CountWrites().ShouldBe(6);
        World.Sink.Changes.ShouldBe(2);

        ShouldBeGranted(await agent.HeartbeatAsync(SidecarState.Ready, bundle.Revision));
        ShouldBeGranted(await agent.HeartbeatAsync(SidecarState.Ready, bundle.Revision));
        await World.SettleAsync(agent);
        World.CountWrites().ShouldBe(6);
        World.Sink.Changes.ShouldBe(2);
    }

    [Fact]
    public async Task Heartbeat_AsksTheWorkloadOnce()
    {
        var agent = await JoinAsync();
        ShouldBeGranted(await agent.HeartbeatAsync());
        await World.SettleAsync(agent);
        ShouldBeGranted(await agent.HeartbeatAsync());

        (await HopsAsync(async () => ShouldBeGranted(await agent.HeartbeatAsync()))).ShouldBe(1);
    }

    [Fact]
    public async Task Heartbeat_ThatIsRefused_AsksTheWorkloadOnce()
    {
        var agent = await JoinAsync();
        ShouldBeGranted(await agent.LeaveAsync());

        (await HopsAsync(async () => ShouldBeRefused(await agent.HeartbeatAsync(), ProblemCodes.SessionEnded))).ShouldBe(1);
    }

    [Fact]
    public async Task Renew_AsksWorkloadAndSession()
    {
        var agent = await JoinAsync();

        (await HopsAsync(async () => ShouldBeGranted(await agent.RenewAsync()))).ShouldBe(2);
    }

    [Fact]
    public async Task Leave_AsksSessionAndWorkload()
    {
        var agent = await JoinAsync();

        (await HopsAsync(async () => ShouldBeGranted(await agent.LeaveAsync()))).ShouldBe(2);
    }

    private async Task<int> HopsAsync(Func<Task> call)
    {
        var before = World.CountAsks();
        await call();
        return World.CountAsks() - before;
    }
}
