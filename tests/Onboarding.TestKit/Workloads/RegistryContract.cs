using Onboarding.Core;
using Onboarding.Core.Configuration;
using Onboarding.Core.Workloads;
using Shouldly;
using Xunit;

namespace Onboarding.TestKit.Workloads;

/// <summary>What the registries promise, whatever hosts their entities. A host's tests inherit from each of the suites below this.</summary>
public abstract class RegistryContract : IAsyncLifetime
{
    private readonly List<SimulatedAgent> agents = [];

    /// <summary>The world under test.</summary>
    protected RegistryWorld World { get; private set; } = null!;

    /// <summary>A lease: three heartbeat intervals.</summary>
    protected static TimeSpan Lease => TimeSpan.FromSeconds(90);

    /// <summary>What follows it.</summary>
    protected static TimeSpan Grace { get; } = new WorkloadsOptions().GracePeriod;

    /// <inheritdoc/>
    public virtual Task InitializeAsync()
    {
        World = new RegistryWorld(NewHosts());
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public virtual async Task DisposeAsync()
    {
        agents.ForEach(agent => agent.Dispose());
        await World.DisposeAsync();
    }

    /// <summary>All agents of the test.</summary>
    protected IReadOnlyList<SimulatedAgent> Agents => agents;

    /// <summary>The host under test.</summary>
    protected abstract IEntityHosts NewHosts();

    /// <summary>An agent; an instanceId that is given is that of another one.</summary>
    protected SimulatedAgent NewAgent(string subject = "vm1", string? instanceId = null) => Keep(new SimulatedAgent(World, subject, instanceId));

    /// <summary>Keeps an agent until the test ends.</summary>
    protected SimulatedAgent Keep(SimulatedAgent agent)
    {
        agents.Add(agent);
        return agent;
    }

    /// <summary>An agent that has joined.</summary>
    protected async Task<SimulatedAgent> JoinAsync(string subject = "vm1")
    {
        var agent = NewAgent(subject);
        await agent.JoinAsync();
        return agent;
    }

    /// <summary>Waits until a registration's agent is told to be connected or not.</summary>
    protected Task UntilConnectedAsync(SimulatedAgent agent, bool isConnected) =>
        World.Sink.UntilAsync(sink => sink.Condition(agent.Name, ConditionTypes.AgentConnected)?.Status == (isConnected ? "True" : "False"));

    /// <summary>Waits until a registration has gone.</summary>
    protected Task UntilGoneAsync(SimulatedAgent agent) => World.Sink.UntilAsync(sink => sink.Registration(agent.Name) is null);

    /// <summary>Begins attempts at the same moment, each on a thread of its own.</summary>
    protected static async Task<T[]> AtOnceAsync<T>(params IReadOnlyCollection<Func<Task<T>>> attempts)
    {
        using var start = new Barrier(attempts.Count);
        return await Task.WhenAll(attempts.Select(attempt => Task.Factory.StartNew(
            () =>
            {
                start.SignalAndWait();
                return attempt();
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default).Unwrap()));
    }

    /// <summary>Something was refused with a code.</summary>
    protected static void ShouldBeRefused<T>(Outcome<T> outcome, string code)
        where T : class
    {
        outcome.IsGranted.ShouldBeFalse($"expected {code}");
        outcome.Refusal!.Code.ShouldBe(code, outcome.Refusal.Reason);
    }

    /// <summary>Something was granted.</summary>
    protected static T ShouldBeGranted<T>(Outcome<T> outcome)
        where T : class
    {
        outcome.Refusal.ShouldBeNull();
        return outcome.Value!;
    }
}
