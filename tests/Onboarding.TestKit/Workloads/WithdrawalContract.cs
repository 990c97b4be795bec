using Onboarding.Core.Configuration;
using Onboarding.Core.Workloads;
using Onboarding.Protocol;
using Shouldly;
using Xunit;

namespace Onboarding.TestKit.Workloads;

/// <summary>What policy takes away, and when.</summary>
public abstract class WithdrawalContract : RegistryContract
{
    private static readonly TimeSpan Delay = new WorkloadsOptions().AuthorizationWithdrawalDelay;

    [Fact]
    public async Task Withdrawn_Permission_TakesEffectAfterTheDelay()
    {
        var agent = await JoinAsync();
        World.ChangePolicies();

        ShouldBeGranted(await agent.HeartbeatAsync());
        World.Time.Advance(Delay - TimeSpan.FromSeconds(1));
        ShouldBeGranted(await agent.HeartbeatAsync());
        World.Time.Advance(TimeSpan.FromSeconds(1));
        ShouldBeRefused(await agent.HeartbeatAsync(), ProblemCodes.NotAuthorized);

        await UntilGoneAsync(agent);
        ShouldBeRefused(await agent.HeartbeatAsync(), ProblemCodes.SessionEnded);
        World.Audit.Of(AuditActs.Revoke).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Withdrawn_AndGivenBack_EvictsNobody()
    {
        var agent = await JoinAsync();
        World.ChangePolicies();
        ShouldBeGranted(await agent.HeartbeatAsync());
        World.Time.Advance(Delay - TimeSpan.FromSeconds(1));
        World.ChangePolicies(RegistryWorld.Allow());
        ShouldBeGranted(await agent.HeartbeatAsync());
        World.ChangePolicies();

        World.Time.Advance(TimeSpan.FromSeconds(2));
        ShouldBeGranted(await agent.HeartbeatAsync());
    }

    [Fact]
    public async Task Renewal_PermissionWithdrawn_IsRefusedAfterTheDelay()
    {
        var agent = NewAgent();
        await agent.OpenAsync();
        World.ChangePolicies();
        ShouldBeGranted(await agent.RenewAsync());

        World.Time.Advance(Delay);

        ShouldBeRefused(await agent.RenewAsync(), ProblemCodes.NotAuthorized);
        ShouldBeRefused(await agent.RenewAsync(), ProblemCodes.SessionEnded);
    }

    [Fact]
    public async Task Group_Deleted_TakesEffectAfterTheDelay()
    {
        var agent = await JoinAsync();
        World.Resources.Change(list => list with { WorkloadGroups = [] });

        ShouldBeGranted(await agent.HeartbeatAsync());
        ShouldBeRefused(await agent.RegisterAsync(), ProblemCodes.Unavailable);
        World.Time.Advance(Delay);
        ShouldBeRefused(await agent.RegisterAsync(), ProblemCodes.NotAuthorized);
        await UntilGoneAsync(agent);
    }

    [Fact]
    public async Task DenyList_NamesALiveWorkload_TakesEffectAtOnce()
    {
        var agent = await JoinAsync();
        World.Options.Change(workloads => workloads with { Denied = [new(Jwt: new DeniedJwt(RegistryWorld.Issuer, "vm1"))] });

        ShouldBeRefused(await agent.RenewAsync(), ProblemCodes.NotAuthorized);

        await UntilGoneAsync(agent);
    }

    [Fact]
    public async Task Issuer_TakenOutOfTheConfiguration_TakesItsSessionsAlongAtOnce()
    {
        var agent = await JoinAsync();
        World.Sink.Entry(agent.Name).ShouldNotBeNull();
        World.Options.Change(workloads => workloads with { JwtIssuers = [] });

        ShouldBeRefused(await agent.HeartbeatAsync(), ProblemCodes.NotAuthorized);

        await UntilGoneAsync(agent);
    }

    [Fact]
    public async Task Revoked_ThatNoLongerHeartbeats_IsCheckedAtEveryCall()
    {
        var agent = await JoinAsync();
        World.Options.Change(workloads => workloads with { Denied = [new(Workload: $"{RegistryWorld.Namespace}/{agent.Name}")] });

        ShouldBeRefused(await agent.GetBootstrapAsync(), ProblemCodes.NotAuthorized);
        ShouldBeRefused(await agent.GetSidecarTokenAsync(), ProblemCodes.SessionEnded);
    }

    [Fact]
    public async Task FailingSource_GivesNoVerdict_SessionsGoOn()
    {
        var agent = await JoinAsync();
        World.ChangePolicies();
        World.Resources.Fail();
        World.Time.Advance(TimeSpan.FromSeconds(30));
        ShouldBeGranted(await agent.HeartbeatAsync());
        World.Options.Change(workloads => workloads with { MaxPolicyAge = TimeSpan.FromSeconds(10) });

        for (var beat = 0; beat < 10; beat++)
        {
            World.Time.Advance(TimeSpan.FromSeconds(30));
            ShouldBeGranted(await agent.HeartbeatAsync());
        }
    }

    [Fact]
    public async Task DeniedWorkload_CallsWhileTheSourceHasFailedForLong_IsEndedAtOnce()
    {
        var (agent, other) = (await JoinAsync(), NewAgent("vm2"));
        ShouldBeGranted(await other.OpenAsync());
        World.Resources.Fail();
        World.Options.Change(workloads => workloads with { MaxPolicyAge = TimeSpan.FromSeconds(10) });
        World.Time.Advance(TimeSpan.FromSeconds(30));
        ShouldBeGranted(await agent.HeartbeatAsync());

        World.Options.Change(workloads => workloads with { Denied = [new(Jwt: new DeniedJwt(RegistryWorld.Issuer, "vm1"))] });

        ShouldBeRefused(await agent.HeartbeatAsync(), ProblemCodes.NotAuthorized);
        ShouldBeGranted(await other.RenewAsync());
        await UntilGoneAsync(agent);
    }

    [Fact]
    public async Task DeniedWorkload_CallsBeforeTheFirstListAfterARestart_IsEndedAtOnce()
    {
        var agent = await JoinAsync();
        World.Resources.Lose();
        ShouldBeGranted(await agent.HeartbeatAsync());

        World.Options.Change(workloads => workloads with { Denied = [new(Workload: $"{RegistryWorld.Namespace}/{agent.Name}")] });

        ShouldBeRefused(await agent.HeartbeatAsync(), ProblemCodes.NotAuthorized);
    }

    [Fact]
    public async Task DeniedWorkload_CallsWhereTheListIsOlderThanItsSession_IsEndedAtOnce()
    {
        var agent = await JoinAsync();
        World.Resources.Change(list => list with { AsOf = list.AsOf - TimeSpan.FromHours(1) });
        World.Options.Change(workloads => workloads with { Denied = [new(Jwt: new DeniedJwt(RegistryWorld.Issuer, "vm1"))] });

        ShouldBeRefused(await agent.HeartbeatAsync(), ProblemCodes.NotAuthorized);
    }

    [Fact]
    public async Task Suspended_Workload_LosesItsEntryAndKeepsItsRegistration()
    {
        var agent = await JoinAsync();
        await World.SuspendAsync(agent, "maintenance");

        await World.Sink.UntilAsync(sink => sink.Entry(agent.Name) is null);
        ShouldBeRefused(await agent.HeartbeatAsync(), ProblemCodes.NotAuthorized);
        ShouldBeRefused(await agent.OpenAsync(), ProblemCodes.NotAuthorized);
        World.Time.Advance(TimeSpan.FromHours(1));
        World.Sink.Registration(agent.Name).ShouldNotBeNull();

        await World.SuspendAsync(agent, reason: null);
        await agent.JoinAsync();
        World.Sink.Entry(agent.Name).ShouldNotBeNull();
    }
}
