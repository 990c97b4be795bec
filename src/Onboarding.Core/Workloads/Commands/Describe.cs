using Onboarding.Core.Entities;

namespace Onboarding.Core.Workloads.Commands;

/// <summary>Asks what is known of a workload.</summary>
internal sealed record Describe : WorkloadCommand, ICommand<Workload, Description>
{
    /// <inheritdoc/>
    public Decision<Workload, Description> Decide(Workload state, DateTimeOffset now) =>
        state.Keep(new Description(state.Registered, state.Registered?.Presence, state.Suspended));
}

/// <summary>What is known of a workload.</summary>
/// <param name="Registered">Its registration; null: it is not registered.</param>
/// <param name="Presence">What heartbeats say.</param>
/// <param name="Suspended">Why it is suspended; null: it is not.</param>
internal sealed record Description(Registered? Registered, Presence? Presence, string? Suspended);
