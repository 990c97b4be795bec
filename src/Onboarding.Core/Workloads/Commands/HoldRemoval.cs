using Onboarding.Core.Entities;

namespace Onboarding.Core.Workloads.Commands;

/// <summary>Keeps a registration whose lease has run out and whose removal the brake holds. It is asked for again later; in memory.</summary>
/// <param name="Revision">The <see cref="Registered.Revision"/> that asked for it.</param>
/// <param name="Pace">After which time it is asked for again.</param>
internal sealed record HoldRemoval(long Revision, TimeSpan Pace) : WorkloadCommand, ICommand<Workload, EndReply>
{
    /// <inheritdoc/>
    public Decision<Workload, EndReply> Decide(Workload state, DateTimeOffset now)
    {
        if (state.Registered is not { } registered || !registered.AsksForRemoval(Revision))
        {
            return state.Keep(new EndReply(IsDone: false));
        }

        var held = registered with { IsHeld = true, Until = now + Pace };
        return (state with { Registered = held }).Remember(new EndReply(IsDone: true));
    }
}
