using Onboarding.Core.Entities;

namespace Onboarding.Core.Workloads.Commands;

/// <summary>A graceful leave: the session ends, the entry goes at once, the registration when the mesh has heard of it.</summary>
internal sealed record Leave : SessionCall
{
    /// <summary>How long the mesh may take.</summary>
    public required TimeSpan PropagationDelay { get; init; }

    /// <inheritdoc/>
    protected override Decision<Workload, CallReply> DecideFor(Workload state, OpenedSession session, DateTimeOffset now)
    {
        var wasHeld = state.IsHeldBy(session.Id);
        var (next, effects) = state.End(session);
        if (!wasHeld)
        {
            return next.Store(new CallReply { Session = session }, [.. effects]);
        }

        var leaving = next.Registered!.Enter(LeasePhase.Leaving, now) with { RemoveAt = now + PropagationDelay };
        return (next with { Registered = leaving }).Store(new CallReply { Session = session }, [new WriteRegistration(leaving.Revision), .. effects]);
    }

    /// <inheritdoc/>
    protected override Decision<Workload, CallReply> DecideUnknown(Workload state) =>
        state.Registered is { Phase: LeasePhase.Leaving, Session: { } left } && left.Id == Session
            ? state.Keep(new CallReply { Session = left })
            : base.DecideUnknown(state);
}
