using Onboarding.Core.Configuration;
using Onboarding.Core.Workloads;
using Onboarding.Protocol;
using Shouldly;
using Xunit;

namespace Onboarding.TestKit.Workloads;

/// <summary>Several machines, several sessions, one identity.</summary>
public abstract class FencingContract : RegistryContract
{
    [Fact]
    public async Task HundredMachinesWithOneIdentity_AtTheSameMoment_OneWins()
    {
        var agents = Enumerable.Range(0, 100).Select(_ => NewAgent()).ToArray();

        var won = await AtOnceAsync([.. agents.Select<SimulatedAgent, Func<Task<bool>>>(agent =>
            async () => (await agent.OpenAsync()).IsGranted && (await agent.RegisterAsync()).IsGranted)]);

        won.Count(registered => registered).ShouldBe(1);
        var winner = agents[Array.IndexOf(won, true)];
        ShouldBeGranted(await winner.HeartbeatAsync());
    }

    [Fact]
    public async Task SecondMachine_WhileTheLeaseIsLive_IsRefusedUntilItEnds()
    {
        var first = await JoinAsync();
        World.Time.Advance(TimeSpan.FromSeconds(30));
        var second = NewAgent();

        var refused = await second.OpenAsync();

        ShouldBeRefused(refused, ProblemCodes.IdentityInUse);
        refused.Refusal!.RetryAfter.ShouldBe(TimeSpan.FromSeconds(60));
        World.Time.Advance(TimeSpan.FromSeconds(60));
        await UntilConnectedAsync(first, false);
        await second.JoinAsync();
        ShouldBeRefused(await first.HeartbeatAsync(), ProblemCodes.Superseded);
    }

    [Fact]
    public async Task SecondMachine_OpenedBeforeTheFirstRegistered_IsRefusedAtItsRegistration()
    {
        var (first, second) = (NewAgent(), NewAgent());
        await first.OpenAsync();
        ShouldBeGranted(await second.OpenAsync());
        ShouldBeGranted(await first.RegisterAsync());

        ShouldBeRefused(await second.RegisterAsync(), ProblemCodes.IdentityInUse);
        ShouldBeGranted(await first.HeartbeatAsync());
    }

    [Fact]
    public async Task SameMachine_ProcessRestarted_ContinuesItsLease()
    {
        var first = await JoinAsync();
        var restarted = NewAgent(instanceId: first.InstanceId);

        await restarted.JoinAsync();

        ShouldBeGranted(await restarted.HeartbeatAsync());
        ShouldBeRefused(await first.HeartbeatAsync(), ProblemCodes.Superseded);
        World.Audit.Of(AuditActs.TakeOver).ShouldBeEmpty();
    }

    [Fact]
    public async Task SecondMachine_WithReplace_TakesOver()
    {
        World.Options.Change(workloads => workloads with { DuplicateIdentity = DuplicateIdentity.Replace });
        var first = await JoinAsync();
        var second = await JoinAsync();

        ShouldBeGranted(await second.HeartbeatAsync());
        ShouldBeRefused(await first.HeartbeatAsync(), ProblemCodes.Superseded);
        World.Audit.Of(AuditActs.TakeOver).ShouldHaveSingleItem().Address.ShouldBe("192.0.2.10");
    }

    [Fact]
    public async Task SharedCredential_ShownByASecondMachine_IsAuditedAndWithReplaceRefused()
    {
        var (first, second) = (NewAgent(), NewAgent());
        ShouldBeGranted(await first.OpenAsync(credential: "one token"));
        ShouldBeGranted(await second.OpenAsync(credential: "one token"));
        World.Audit.Of(AuditActs.CredentialReuse).Count.ShouldBe(1);

        World.Options.Change(workloads => workloads with { DuplicateIdentity = DuplicateIdentity.Replace });
        ShouldBeRefused(await second.OpenAsync(credential: "one token"), ProblemCodes.CredentialRejected);
        ShouldBeGranted(await first.OpenAsync(credential: "another token"));
    }

    [Fact]
    public async Task MachineThatProvesItself_AlwaysTakesOver()
    {
        var thief = await JoinAsync();
        var owner = Keep(new SimulatedAgent(World, "vm1") { ProvesMachine = true });

        await owner.JoinAsync();

        ShouldBeRefused(await thief.HeartbeatAsync(), ProblemCodes.Superseded);
        ShouldBeGranted(await owner.HeartbeatAsync());
    }

    [Fact]
    public async Task StolenInstanceId_IsStoredOnlyAsAHash()
    {
        var agent = await JoinAsync();

        World.Rows().ShouldNotContain(row => row.Contains(agent.InstanceId, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Identity_RefusedThreeTimes_IsContestedUntilItIsQuiet()
    {
        var holder = await JoinAsync();
        for (var attempt = 0; attempt < 3; attempt++)
        {
            ShouldBeRefused(await NewAgent().OpenAsync(), ProblemCodes.IdentityInUse);
        }

        await World.Sink.UntilAsync(sink => sink.Condition(holder.Name, ConditionTypes.IdentityContested) is not null);
        World.Audit.Of(AuditActs.Open)[^1].ShouldSatisfyAllConditions(
            record => record.Verdict.ShouldBe("refused"),
            record => record.Peer.ShouldBe("198.51.100.7"),
            record => record.Address.ShouldBe("192.0.2.10"));
        for (var beat = 0; beat < 11; beat++)
        {
            World.Time.Advance(TimeSpan.FromSeconds(60));
            ShouldBeGranted(await holder.HeartbeatAsync());
        }

        await World.Sink.UntilAsync(sink => sink.Condition(holder.Name, ConditionTypes.IdentityContested) is null);
    }

    [Fact]
    public async Task OldSession_DelayedPutAndDelete_ChangeNothing()
    {
        var old = await JoinAsync();
        var put = ShouldBeGranted(await old.AuthenticateAsync("PUT", "/v1/registration"));
        var restarted = NewAgent(instanceId: old.InstanceId);
        restarted.Registration = restarted.Registration with { Host = new([new HostAddress("192.0.2.20", AddressType.Vpc)]) };
        await restarted.JoinAsync();
        await World.Sink.UntilAsync(sink => sink.Entry(old.Name)!.Address == "192.0.2.20");

        ShouldBeRefused(await World.WorkloadRegistry.RegisterAsync(put, old.Registration, old.Peer, CancellationToken.None), ProblemCodes.Superseded);
        ShouldBeRefused(await World.WorkloadRegistry.LeaveAsync(put, CancellationToken.None), ProblemCodes.Superseded);
        ShouldBeRefused(await old.RegisterAsync(), ProblemCodes.Superseded);
        ShouldBeRefused(await old.LeaveAsync(), ProblemCodes.Superseded);
        ShouldBeRefused(await old.RenewAsync(), ProblemCodes.Superseded);

        await World.SettleAsync(restarted);
        World.Sink.Entry(old.Name)!.Address.ShouldBe("192.0.2.20");
        ShouldBeGranted(await restarted.HeartbeatAsync());
    }

    [Fact]
    public async Task OldProcess_WritesLate_HigherEpochStands()
    {
        var agent = await JoinAsync();
        var old = World.Sink.Registration(agent.Name)!;
        await NewAgent(instanceId: agent.InstanceId).JoinAsync();

        (await World.Sink.ApplyAsync(old, entry: null, epoch: 1, CancellationToken.None)).ShouldBeNull();

        World.Sink.Entry(agent.Name).ShouldNotBeNull();
    }
}
