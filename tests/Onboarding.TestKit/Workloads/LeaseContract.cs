using Onboarding.Core.Workloads;
using Onboarding.Protocol;
using Shouldly;
using Xunit;

namespace Onboarding.TestKit.Workloads;

/// <summary>Leases, leaving, and what an outage may not do.</summary>
public abstract class LeaseContract : RegistryContract
{
    [Fact]
    public async Task Lease_NoHeartbeat_IsDisconnectedThenGone()
    {
        var agent = await JoinAsync();

        World.Time.Advance(Lease);
        await UntilConnectedAsync(agent, false);
        World.Sink.Entry(agent.Name).ShouldNotBeNull();
        World.Time.Advance(Grace);
        await UntilGoneAsync(agent);

        World.Audit.Of(AuditActs.Remove).ShouldHaveSingleItem().Reason.ShouldBe("its lease ended");
        ShouldBeRefused(await agent.HeartbeatAsync(), ProblemCodes.SessionEnded);
    }

    [Fact]
    public async Task Lease_HeartbeatInTheGracePeriod_BringsItBack()
    {
        var agent = await JoinAsync();
        World.Time.Advance(Lease);
        await UntilConnectedAsync(agent, false);
        World.Time.Advance(Grace - TimeSpan.FromSeconds(1));

        ShouldBeGranted(await agent.HeartbeatAsync());

        await UntilConnectedAsync(agent, true);
        World.Time.Advance(TimeSpan.FromSeconds(60));
        ShouldBeGranted(await agent.HeartbeatAsync());
        World.Sink.Entry(agent.Name).ShouldNotBeNull();
    }

    [Fact]
    public async Task Lease_HeartbeatsInTime_LastsAndWritesNothing()
    {
        var agent = await JoinAsync();
        ShouldBeGranted(await agent.HeartbeatAsync());
        await World.SettleAsync(agent);
        var (rows, changes) = (World.CountWrites(), World.Sink.Changes);

        for (var beat = 0; beat < 20; beat++)
        {
            World.Time.Advance(TimeSpan.FromSeconds(30));
            ShouldBeGranted(await agent.HeartbeatAsync());
        }

        World.CountWrites().ShouldBe(rows);
        World.Sink.Changes.ShouldBe(changes);
    }

    [Fact]
    public async Task Restart_AfterALongOutage_RemovesNobody()
    {
        var agent = await JoinAsync();
        World.Time.Advance(Lease);
        await UntilConnectedAsync(agent, false);
        await World.StopAsync();
        World.Time.Advance(2 * Grace);
        World.Start();

        await World.WalkAsync();
        World.Time.Advance(Lease + Grace - TimeSpan.FromSeconds(1));
        ShouldBeGranted(await agent.HeartbeatAsync());

        await UntilConnectedAsync(agent, true);
        World.Audit.Of(AuditActs.Remove).ShouldBeEmpty();
    }

    [Fact]
    public async Task Restart_AgentDoesNotComeBack_LeaseEndsThen()
    {
        var agent = await JoinAsync();
        await World.RestartAsync();
        await World.WalkAsync();

        World.Time.Advance(Lease);
        await UntilConnectedAsync(agent, false);
        World.Time.Advance(Grace);
        await UntilGoneAsync(agent);
    }

    [Fact]
    public async Task LostStorage_RegistrationsFound_AreAdoptedAndNobodyIsRemoved()
    {
        var agent = await JoinAsync();
        await World.LoseStorageAsync();

        await World.WalkAsync();
        await UntilConnectedAsync(agent, false);
        World.Sink.Entry(agent.Name).ShouldNotBeNull();
        ShouldBeRefused(await agent.HeartbeatAsync(), ProblemCodes.SessionEnded);

        ShouldBeGranted(await agent.OpenAsync());
        ShouldBeGranted(await agent.RegisterAsync());
        await UntilConnectedAsync(agent, true);
        World.Audit.Of(AuditActs.Adopt).Count.ShouldBe(1);
    }

    [Fact]
    public async Task LostStorage_AgentAttestedBeforeTheWalk_IsNotRemoved()
    {
        var agent = await JoinAsync();
        await World.LoseStorageAsync();
        World.Time.Advance(TimeSpan.FromSeconds(1));
        ShouldBeGranted(await agent.OpenAsync());

        await World.WalkAsync();
        ShouldBeGranted(await agent.RegisterAsync());

        await UntilConnectedAsync(agent, true);
        World.Audit.Of(AuditActs.Remove).ShouldBeEmpty();
    }

    [Fact]
    public async Task Adopted_AgentStaysAway_LeaseEnds()
    {
        var agent = await JoinAsync();
        await World.LoseStorageAsync();
        await World.WalkAsync();
        await UntilConnectedAsync(agent, false);

        World.Time.Advance(Lease + Grace);

        await UntilGoneAsync(agent);
    }

    [Fact]
    public async Task Leave_Gracefully_TakesTheEntryAtOnceAndTheRegistrationLater()
    {
        var agent = await JoinAsync();

        ShouldBeGranted(await agent.LeaveAsync()).PropagationDelay.ShouldBe(TimeSpan.FromSeconds(10));

        await World.Sink.UntilAsync(sink => sink.Entry(agent.Name) is null);
        World.Sink.Condition(agent.Name, ConditionTypes.AgentConnected)!.Reason.ShouldBe("AgentShutdown");
        ShouldBeRefused(await agent.HeartbeatAsync(), ProblemCodes.SessionEnded);
        World.Time.Advance(TimeSpan.FromSeconds(10));
        await UntilGoneAsync(agent);
    }

    [Fact]
    public async Task Leave_AndComeBackAtOnce_IsRegisteredAgain()
    {
        var agent = await JoinAsync();
        ShouldBeGranted(await agent.LeaveAsync());
        await World.Sink.UntilAsync(sink => sink.Entry(agent.Name) is null);

        await agent.JoinAsync();
        World.Time.Advance(TimeSpan.FromSeconds(10));

        ShouldBeGranted(await agent.HeartbeatAsync());
        World.Sink.Entry(agent.Name).ShouldNotBeNull();
    }

    [Fact]
    public async Task Gone_LongEnough_LeavesNoRow()
    {
        var agent = await JoinAsync();
        ShouldBeGranted(await agent.LeaveAsync());
        World.Time.Advance(TimeSpan.FromSeconds(10));
        await UntilGoneAsync(agent);
        await RegistryWorld.UntilAsync(() => World.CountRows() == 1);
        World.Rows()[0].ShouldContain("credentials", customMessage: "its epoch and its credential are remembered");
        await World.LetWakeAsync([agent]);

        World.Time.Advance(TimeSpan.FromHours(1));

        await RegistryWorld.UntilAsync(() => World.CountRows() == 0);
    }

    [Fact]
    public async Task EntryWrittenAnew_BundleChanges()
    {
        var agent = await JoinAsync();
        var before = await agent.WaitForBootstrapAsync();
        World.Sink.Lose(agent.Name);
        agent.Registration = agent.Registration with { Agent = new("1.0.1") };

        ShouldBeGranted(await agent.RegisterAsync());
        await World.Sink.UntilAsync(sink => sink.Entry(agent.Name) is not null);

        await RegistryWorld.UntilAsync(async () => (await agent.WaitForBootstrapAsync()).Revision != before.Revision);
    }
}
