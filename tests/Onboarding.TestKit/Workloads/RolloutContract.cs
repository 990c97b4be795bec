using System.Collections.Immutable;
using Onboarding.Core.Configuration;
using Onboarding.Protocol;
using Shouldly;
using Xunit;

namespace Onboarding.TestKit.Workloads;

/// <summary>A changed bundle is rolled out: whose turn it is to restart, and when it ends.</summary>
public abstract class RolloutContract : FleetContract
{
    [Fact]
    public async Task GroupEdited_RunningSidecars_RestartAPartAtATimeUntilAllHave()
    {
        var agents = await JoinAllAsync(10, "20%");
        EditGroup();

        for (var round = 0; round < 5; round++)
        {
            var turns = await BeatAsync(agents);
            var restarting = agents.Where(agent => turns[agent] == RestartTurn.Now).ToArray();
            restarting.Length.ShouldBe(2);
            turns.Values.Count(turn => turn == RestartTurn.Hold).ShouldBe(8 - (2 * round));
            foreach (var agent in restarting)
            {
                agent.Running = (await agent.WaitForBootstrapAsync()).Revision;
            }

            (await BeatAsync(restarting, SidecarState.Starting)).Values.ShouldAllBe(turn => turn == RestartTurn.None);
            (await BeatAsync(agents.Except(restarting))).Values.ShouldNotContain(RestartTurn.Now, "who restarts is not ready yet");
            (await BeatAsync(restarting)).Values.ShouldAllBe(turn => turn == RestartTurn.None);
        }

        (await BeatAsync(agents)).Values.ShouldAllBe(turn => turn == RestartTurn.None);
    }

    [Fact]
    public async Task Turn_NotReadyAgain_EndsAtItsBound()
    {
        var agents = await JoinAllAsync(5, "1");
        EditGroup();
        (await TurnAsync(agents[0])).ShouldBe(RestartTurn.Now);
        (await TurnAsync(agents[1])).ShouldBe(RestartTurn.Hold);
        (await TurnAsync(agents[0])).ShouldBe(RestartTurn.Now, "it still has its turn");

        await PassAsync(TimeSpan.FromMinutes(5));

        (await TurnAsync(agents[1])).ShouldBe(RestartTurn.Now);
        (await TurnAsync(agents[0])).ShouldBe(RestartTurn.Hold);
    }

    [Fact]
    public async Task AllAtTheSameMoment_AskForATurn_NoMoreThanTheLimitGetOne()
    {
        var agents = await JoinAllAsync(10, "3");
        EditGroup();

        var turns = await AtOnceAsync([.. agents.Select<SimulatedAgent, Func<Task<RestartTurn>>>(agent => () => TurnAsync(agent))]);

        turns.Count(turn => turn == RestartTurn.Now).ShouldBe(3);
        turns.Count(turn => turn == RestartTurn.Hold).ShouldBe(7);
    }

    [Fact]
    public async Task Restart_DuringARollout_TurnsAreRemembered()
    {
        var agents = await JoinAllAsync(5, "1");
        EditGroup();
        (await TurnAsync(agents[0])).ShouldBe(RestartTurn.Now);

        await World.RestartAsync();

        (await TurnAsync(agents[1])).ShouldBe(RestartTurn.Hold);
        (await TurnAsync(agents[0])).ShouldBe(RestartTurn.Now);
    }

    [Fact]
    public async Task MeshConfigChanged_NextStart_NobodyRestarts()
    {
        var agents = await JoinAllAsync(5, "1");
        ChangeMesh();

        var answer = ShouldBeGranted(await agents[0].HeartbeatAsync());

        answer.Restart.ShouldBe(RestartTurn.None);
        (answer.BootstrapRevision == agents[0].Running).ShouldBeFalse("the files are written, for the next start");
    }

    [Fact]
    public async Task MeshConfigChanged_Rolling_RestartsAPartAtATime()
    {
        var agents = await JoinAllAsync(5, "1");
        World.Options.Change(workloads => workloads with { Rollout = workloads.Rollout with { OnMeshConfigChange = MeshConfigChange.Rolling } });
        ChangeMesh();

        (await TurnAsync(agents[0])).ShouldBe(RestartTurn.Now);
        (await TurnAsync(agents[1])).ShouldBe(RestartTurn.Hold);
    }

    [Fact]
    public async Task MeshConfigChangedAndGroupEdited_NextStart_Restarts()
    {
        var agents = await JoinAllAsync(5, "1");
        ChangeMesh();
        EditGroup();

        (await TurnAsync(agents[0])).ShouldBe(RestartTurn.Now);
    }

    [Fact]
    public async Task Sidecar_ThatDoesNotRun_NeedsNoTurn()
    {
        var agents = await JoinAllAsync(5, "1");
        EditGroup();

        ShouldBeGranted(await agents[0].HeartbeatAsync(SidecarState.Stopped)).Restart.ShouldBe(RestartTurn.None);
        (await World.DescribeGroupAsync()).Turns.ShouldBe(0);
    }

    private static async Task<Dictionary<SimulatedAgent, RestartTurn>> BeatAsync(IEnumerable<SimulatedAgent> agents, SidecarState state = SidecarState.Ready)
    {
        var turns = new Dictionary<SimulatedAgent, RestartTurn>();
        foreach (var agent in agents)
        {
            turns[agent] = ShouldBeGranted(await agent.HeartbeatAsync(state)).Restart;
        }

        return turns;
    }

    private static async Task<RestartTurn> TurnAsync(SimulatedAgent agent) => ShouldBeGranted(await agent.HeartbeatAsync()).Restart;

    private Task<SimulatedAgent[]> JoinAllAsync(int count, string maxUnavailable)
    {
        World.Options.Change(workloads => workloads with { Rollout = workloads.Rollout with { MaxUnavailable = maxUnavailable } });
        return JoinAllAsync(count);
    }

    private void EditGroup() => World.ChangeGroup(group => group with
    {
        Template = group.Template with { Ports = group.Template.Ports.Add("admin", 9081) },
    });

    private void ChangeMesh() => World.Resources.Change(list => list with
    {
        AsOf = World.Time.GetUtcNow(),
        MeshConfigMaps = list.MeshConfigMaps.SetItem(
            "istio", ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal).Add("mesh", "defaultConfig:\n  concurrency: 7\n")),
    });
}
