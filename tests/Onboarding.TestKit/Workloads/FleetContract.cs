using Onboarding.Protocol;

namespace Onboarding.TestKit.Workloads;

/// <summary>Suites about a whole group of workloads.</summary>
public abstract class FleetContract : RegistryContract
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(30);

    /// <summary>Agents that have joined, each with an address of its own.</summary>
    protected async Task<SimulatedAgent[]> JoinAllAsync(int count)
    {
        var agents = new SimulatedAgent[count];
        for (var i = 0; i < count; i++)
        {
            var agent = NewAgent($"vm{i}");
            agent.Registration = agent.Registration with { Host = new([new HostAddress($"192.0.2.{i + 1}", AddressType.Vpc)]) };
            await agent.JoinAsync();
            ShouldBeGranted(await agent.HeartbeatAsync());
            await World.SettleAsync(agent);
            agents[i] = agent;
        }

        return agents;
    }

    /// <summary>Lets time pass in heartbeats, which some agents send; the last ones at its end.</summary>
    protected async Task PassAsync(TimeSpan time, params IReadOnlyCollection<SimulatedAgent> alive)
    {
        for (var passed = TimeSpan.Zero; passed < time; passed += Beat)
        {
            World.Time.Advance(Beat);
            await World.LetWakeAsync(Agents);
            foreach (var agent in alive)
            {
                ShouldBeGranted(await agent.HeartbeatAsync());
            }
        }
    }

    /// <summary>Cuts agents off for as long as their leases and the grace period last, while others live on.</summary>
    protected async Task CutOffAsync(IReadOnlyCollection<SimulatedAgent> lost, IReadOnlyCollection<SimulatedAgent> alive)
    {
        await PassAsync(Lease, alive);
        foreach (var agent in lost)
        {
            await UntilConnectedAsync(agent, false);
            await World.SettleAsync(agent);
        }

        await PassAsync(Grace, alive);
        await UntilAnsweredAsync(lost);
    }

    /// <summary>Lets time pass, at each heartbeat of which those that are held ask again.</summary>
    protected async Task HoldAsync(TimeSpan time, IReadOnlyCollection<SimulatedAgent> lost, params IReadOnlyCollection<SimulatedAgent> alive)
    {
        for (var passed = TimeSpan.Zero; passed < time; passed += Beat)
        {
            var asked = World.CountRemovalAsks() + CountWritten(lost);
            await PassAsync(Beat, alive);
            await RegistryWorld.UntilAsync(() => World.CountRemovalAsks() >= asked);
            await UntilAnsweredAsync(lost);
        }
    }

    /// <summary>Waits until each of them is held, or gone.</summary>
    protected Task UntilAnsweredAsync(IReadOnlyCollection<SimulatedAgent> lost) => RegistryWorld.UntilAsync(async () =>
    {
        foreach (var agent in lost)
        {
            if (World.Sink.Registration(agent.Name) is not null && !await World.IsHeldAsync(agent))
            {
                return false;
            }
        }

        return true;
    });

    /// <summary>How many of some agents are registered outside.</summary>
    protected int CountWritten(IEnumerable<SimulatedAgent> agents) => agents.Count(agent => World.Sink.Registration(agent.Name) is not null);
}
