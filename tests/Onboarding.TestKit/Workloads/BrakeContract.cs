using System.Collections.Immutable;
using Onboarding.Core.Configuration;
using Onboarding.Core.Resources;
using Onboarding.Core.Workloads;
using Onboarding.Protocol;
using Shouldly;
using Xunit;

namespace Onboarding.TestKit.Workloads;

/// <summary>Everybody's removal provoked: what the brake lets go, and what it holds.</summary>
public abstract class BrakeContract : FleetContract
{
    private static readonly TimeSpan Window = new WorkloadsOptions().Brake.Window;
    private static readonly TimeSpan Delay = new WorkloadsOptions().AuthorizationWithdrawalDelay;

    [Fact]
    public async Task NetworkCut_HalfOfAGroupsAgents_BrakeHoldsAndLetsGoWhenTheyReturn()
    {
        var agents = await JoinAllAsync(10);
        var (lost, alive) = (agents[..5], agents[5..]);

        await CutOffAsync(lost, alive);
        CountWritten(lost).ShouldBe(3, "20 % of ten may go");
        World.CountHeld().ShouldBe(3);
        await HoldAsync(2 * Window, lost, alive);
        CountWritten(lost).ShouldBe(3, "they are more than the limit however long it lasts");

        var returned = lost.Where(agent => World.Sink.Registration(agent.Name) is not null).ToArray();
        foreach (var agent in returned)
        {
            ShouldBeGranted(await agent.HeartbeatAsync());
            await UntilConnectedAsync(agent, true);
        }

        await PassAsync(Window, [.. returned, .. alive]);
        World.CountHeld().ShouldBe(0);
        (await World.DescribeGroupAsync()).ShouldBe(new(Held: 0, Removed: 0, Turns: 0));
        World.Audit.Of(AuditActs.Remove).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Brake_AfterAgentsHaveReturned_LetsASingleOneGo()
    {
        var agents = await JoinAllAsync(10);
        var (lost, alive) = (agents[..5], agents[5..]);
        await CutOffAsync(lost, alive);
        var returned = lost.Where(agent => World.Sink.Registration(agent.Name) is not null).ToArray();
        foreach (var agent in returned)
        {
            ShouldBeGranted(await agent.HeartbeatAsync());
        }

        await CutOffAsync(returned[..1], [.. returned[1..], .. alive]);
        (await World.IsHeldAsync(returned[0])).ShouldBeTrue("others may be on their way");
        await HoldAsync(TimeSpan.FromSeconds(60), returned[..1], [.. returned[1..], .. alive]);

        await UntilGoneAsync(returned[0]);
        World.CountHeld().ShouldBe(0);
    }

    [Fact]
    public async Task Brake_NoMoreThanTheLimit_LetsAllGoAtOnce()
    {
        var agents = await JoinAllAsync(10);

        await CutOffAsync(agents[..2], agents[2..]);

        CountWritten(agents).ShouldBe(8);
        World.CountHeld().ShouldBe(0);
    }

    [Fact]
    public async Task Brake_OneTooMany_GoesWhenTheWindowIsOver()
    {
        var agents = await JoinAllAsync(10);
        var (lost, alive) = (agents[..3], agents[3..]);
        await CutOffAsync(lost, alive);
        CountWritten(lost).ShouldBe(1);

        await HoldAsync(Window, lost, alive);
        await RegistryWorld.UntilAsync(() => CountWritten(lost) == 0);

        CountWritten(alive).ShouldBe(7);
    }

    [Fact]
    public async Task Brake_GroupAnnotated_LetsGo()
    {
        var agents = await JoinAllAsync(10);
        var (lost, alive) = (agents[..5], agents[5..]);
        await CutOffAsync(lost, alive);

        World.ChangeGroup(group => group with
        {
            Metadata = group.Metadata with { Annotations = group.Metadata.Annotations.SetItem(WellKnownMetadata.ConfirmRemovalAnnotation, "true") },
        });
        await HoldAsync(TimeSpan.FromSeconds(30), lost, alive);

        CountWritten(lost).ShouldBe(0);
        CountWritten(alive).ShouldBe(5);
        World.CountHeld().ShouldBe(0);
    }

    [Fact]
    public async Task Brake_SmallGroup_IsNotBraked()
    {
        var agents = await JoinAllAsync(4);

        await CutOffAsync(agents, []);

        CountWritten(agents).ShouldBe(0);
    }

    [Fact]
    public async Task Brake_GroupOfFive_DoesNotBecomeASmallOne()
    {
        var agents = await JoinAllAsync(5);

        await CutOffAsync(agents, []);
        await HoldAsync(TimeSpan.FromSeconds(60), agents);

        CountWritten(agents).ShouldBe(4);
    }

    [Fact]
    public async Task Brake_RestartWhileItHolds_StillHolds()
    {
        var agents = await JoinAllAsync(10);
        await CutOffAsync(agents, []);
        CountWritten(agents).ShouldBe(8);

        await World.RestartAsync();
        await World.WalkAsync();
        World.Time.Advance(Lease + Grace);
        await UntilAnsweredAsync(agents);
        await HoldAsync(Window, agents);

        CountWritten(agents).ShouldBe(8, "their leases began anew, and who waits is not known after a restart");
    }

    [Fact]
    public async Task StorageWiped_HalfOfTheAgentsStayAway_BrakeHolds()
    {
        var agents = await JoinAllAsync(10);
        await World.LoseStorageAsync();
        await World.WalkAsync();
        foreach (var agent in agents[5..])
        {
            await agent.JoinAsync();
        }

        await PassAsync(Lease + Grace, agents[5..]);
        await UntilAnsweredAsync(agents[..5]);

        CountWritten(agents).ShouldBe(8);
    }

    [Fact]
    public async Task Brake_GroupCannotBeCounted_HoldsUntilItCan()
    {
        var agents = await JoinAllAsync(6);
        World.Sink.IsUnlistable = true;
        await CutOffAsync(agents[..1], agents[1..]);
        CountWritten(agents).ShouldBe(6);
        World.CountHeld().ShouldBe(1);

        World.Sink.IsUnlistable = false;
        await PassAsync(TimeSpan.FromSeconds(30), agents[1..]);

        await UntilGoneAsync(agents[0]);
    }

    [Fact]
    public async Task Brake_MembersThatAreNotWritten_DoNotRaiseTheLimit()
    {
        var agents = await JoinAllAsync(10);
        foreach (var agent in agents[5..])
        {
            World.Sink.Lose(agent.Name);
        }

        await CutOffAsync(agents[..3], agents[3..]);

        CountWritten(agents[..3]).ShouldBe(2, "of five that are known one may go");
    }

    [Fact]
    public async Task PolicyDeleted_LiveGroup_LosesNoMoreThanTheLimitAndGoesOnWhenItIsBack()
    {
        var agents = await JoinAllAsync(10);
        World.ChangePolicies();
        await WithdrawAsync(agents);
        var outcomes = await BeatAsync(agents);
        outcomes.Count(outcome => outcome.Refusal?.Code == ProblemCodes.NotAuthorized).ShouldBe(2);
        outcomes.Count(outcome => outcome.IsGranted).ShouldBe(8);
        var kept = agents.Where((_, i) => outcomes[i].IsGranted).ToArray();

        await PassAsync(2 * Window, kept);
        World.ChangePolicies(RegistryWorld.Allow());
        await PassAsync(Lease, kept);

        World.CountHeld().ShouldBe(0);
        World.Audit.Of(AuditActs.Revoke).Count.ShouldBe(2);
        await RegistryWorld.UntilAsync(() => CountWritten(agents) == 8);
    }

    [Fact]
    public async Task ManifestsEmptied_LiveGroup_LosesNoMoreThanTheLimit()
    {
        var agents = await JoinAllAsync(10);
        World.Resources.Change(list => list with { AsOf = World.Time.GetUtcNow(), WorkloadGroups = [], Policies = [] });
        await WithdrawAsync(agents);

        (await BeatAsync(agents)).Count(outcome => outcome.IsGranted).ShouldBe(8);
    }

    [Fact]
    public async Task IssuerTakenOut_LiveGroup_LosesNoMoreThanTheLimitAtOnce()
    {
        var agents = await JoinAllAsync(10);
        World.Options.Change(workloads => workloads with { JwtIssuers = [] });

        (await BeatAsync(agents)).Count(outcome => outcome.IsGranted).ShouldBe(8);
    }

    [Fact]
    public async Task IssuerTakenOut_WhileNothingIsListed_LosesNoMoreThanTheLimit()
    {
        var agents = await JoinAllAsync(10);
        World.Resources.Lose();
        World.Options.Change(workloads => workloads with { JwtIssuers = [] });

        (await BeatAsync(agents)).Count(outcome => outcome.IsGranted).ShouldBe(8);
        (await BeatAsync(agents)).Count(outcome => outcome.IsGranted).ShouldBe(8);
    }

    [Fact]
    public async Task AllAtTheSameMoment_PermissionGone_NoMoreThanTheLimitGo()
    {
        var agents = await JoinAllAsync(20);
        World.Options.Change(workloads => workloads with { JwtIssuers = [] });

        var outcomes = await AtOnceAsync([.. agents.Select<SimulatedAgent, Func<Task<Core.Outcome<HeartbeatResponse>>>>(agent => () => agent.HeartbeatAsync())]);

        outcomes.Count(outcome => outcome.IsGranted).ShouldBe(16);
    }

    [Fact]
    public async Task DenyList_NamesHalfAGroup_IsNotBraked()
    {
        var agents = await JoinAllAsync(10);
        World.Options.Change(workloads => workloads with
        {
            Denied = [.. Enumerable.Range(0, 5).Select(i => new DeniedWorkload(Jwt: new DeniedJwt(RegistryWorld.Issuer, $"vm{i}")))],
        });

        (await BeatAsync(agents)).Count(outcome => outcome.IsGranted).ShouldBe(5);

        await RegistryWorld.UntilAsync(() => CountWritten(agents) == 5);
        World.CountHeld().ShouldBe(0);
    }

    [Fact]
    public async Task Held_ThatIsThenDenied_IsOutAtOnce()
    {
        var agents = await JoinAllAsync(10);
        World.ChangePolicies();
        await WithdrawAsync(agents);
        var outcomes = await BeatAsync(agents);
        var kept = agents.Where((_, i) => outcomes[i].IsGranted).ToArray();

        World.Options.Change(workloads => workloads with { Denied = [new(Workload: $"{RegistryWorld.Namespace}/{kept[0].Name}")] });

        ShouldBeRefused(await kept[0].HeartbeatAsync(), ProblemCodes.NotAuthorized);
        ShouldBeGranted(await kept[1].HeartbeatAsync());
    }

    [Fact]
    public async Task Suspended_HalfAGroup_IsNotBraked()
    {
        var agents = await JoinAllAsync(10);
        foreach (var agent in agents[..5])
        {
            await World.SuspendAsync(agent, "maintenance");
        }

        await RegistryWorld.UntilAsync(() => agents.Count(agent => World.Sink.Entry(agent.Name) is not null) == 5);
        World.CountHeld().ShouldBe(0);
    }

    [Fact]
    public async Task Held_BySeveral_AsksOnlyOncePerPace()
    {
        var agents = await JoinAllAsync(10);
        World.Options.Change(workloads => workloads with { JwtIssuers = [] });
        var outcomes = await BeatAsync(agents);
        var kept = agents.Where((_, i) => outcomes[i].IsGranted).ToImmutableArray();
        var asks = World.CountAsks();

        foreach (var agent in kept)
        {
            ShouldBeGranted(await agent.HeartbeatAsync());
        }

        (World.CountAsks() - asks).ShouldBe(kept.Length, "a heartbeat within the pace asks the workload and nobody else");
    }

    /// <summary>Agents see that they are not allowed any more, until just before the next heartbeat ends their place.</summary>
    private async Task WithdrawAsync(SimulatedAgent[] agents)
    {
        (await BeatAsync(agents)).ShouldAllBe(outcome => outcome.IsGranted);
        World.Time.Advance(Delay);
    }

    private static async Task<Core.Outcome<HeartbeatResponse>[]> BeatAsync(IEnumerable<SimulatedAgent> agents)
    {
        var outcomes = new List<Core.Outcome<HeartbeatResponse>>();
        foreach (var agent in agents)
        {
            outcomes.Add(await agent.HeartbeatAsync());
        }

        return [.. outcomes];
    }
}
