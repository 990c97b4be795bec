using System.Collections.Immutable;
using Onboarding.Core.Entities;

namespace Onboarding.Core.Workloads.Commands;

/// <summary>Tells conditions that were observed outside; stored and written only when they are news.</summary>
/// <param name="Observations">What was observed.</param>
internal sealed record Observe(ImmutableArray<Observation> Observations) : WorkloadCommand, ICommand<Workload, EndReply>
{
    /// <inheritdoc/>
    public Decision<Workload, EndReply> Decide(Workload state, DateTimeOffset now)
    {
        if (state.Registered is not { } registered)
        {
            return state.Keep(new EndReply(IsDone: false));
        }

        var marks = Observations.Aggregate(registered.Marks, (all, observation) => all.With(observation, now));
        if (marks == registered.Marks)
        {
            return state.Keep(new EndReply(IsDone: false));
        }

        var next = registered.WithConditions(marks);
        return (state with { Registered = next }).Store(new EndReply(IsDone: true), new WriteRegistration(next.Revision));
    }
}
