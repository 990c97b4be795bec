using Onboarding.TestKit.Entities;
using Onboarding.TestKit.Workloads;

namespace Onboarding.Core.Tests.Workloads;

public sealed class StoredWorkloadsTests : RegistryContract
{
    protected override IEntityHosts NewHosts() => new LocalEntityHosts();

    [Fact]
    public async Task Wake_ProcessDiedBetweenCommitAndFile_IsWrittenAlthoughItsAgentNeverReturns()
    {
        var agent = NewAgent();
        await agent.OpenAsync();
        World.Sink.IsDown = true;
        ShouldBeGranted(await agent.RegisterAsync());
        await World.RestartAsync();
        World.Sink.IsDown = false;

        await World.WakeStoredAsync(agent);

        await World.Sink.UntilAsync(sink => sink.Entry(agent.Name) is not null);
    }

    [Fact]
    public async Task Wake_ProcessDiedBetweenCommitAndFile_ItsLeaseEndsAndItsRowGoes()
    {
        var agent = NewAgent();
        await agent.OpenAsync();
        World.Sink.IsDown = true;
        ShouldBeGranted(await agent.RegisterAsync());
        await World.RestartAsync();
        World.Sink.IsDown = false;
        await World.WakeStoredAsync(agent);
        await World.Sink.UntilAsync(sink => sink.Entry(agent.Name) is not null);
        await World.SettleAsync(agent);

        World.Time.Advance(Lease);
        await UntilConnectedAsync(agent, isConnected: false);
        World.Time.Advance(Grace);

        await UntilGoneAsync(agent);
    }

    [Fact]
    public async Task Wake_FileThatWasWrittenIsMissing_IsWrittenAgain()
    {
        var agent = await JoinAsync();
        await World.SettleAsync(agent);
        await World.StopAsync();
        World.Sink.Lose(agent.Name);
        World.Start();

        await World.WakeStoredAsync(agent);

        await World.Sink.UntilAsync(sink => sink.Entry(agent.Name) is not null);
        (await World.WorkloadRegistry.ListAsync(RegistryWorld.Namespace, CancellationToken.None)).ShouldHaveSingleItem().Name.ShouldBe(agent.Name);
    }

    [Fact]
    public async Task Wake_AllIsAsItWas_WritesNothing()
    {
        var agent = await JoinAsync();
        await World.SettleAsync(agent);
        await World.RestartAsync();
        var (writes, changes) = (World.CountWrites(), World.Sink.Changes);

        await World.WakeStoredAsync(agent, NewAgent("vm2"));

        World.CountWrites().ShouldBe(writes);
        World.Sink.Changes.ShouldBe(changes);
    }

    [Fact]
    public async Task Wake_RegistrationThatIsLeaving_IsNotWrittenAgain()
    {
        var agent = await JoinAsync();
        ShouldBeGranted(await agent.LeaveAsync());
        await World.SettleAsync(agent);
        await World.StopAsync();
        World.Sink.Lose(agent.Name);
        World.Start();

        await World.WakeStoredAsync(agent);

        World.Sink.Registration(agent.Name).ShouldBeNull();
    }
}
