using Onboarding.Core.Entities;
using Onboarding.Protocol;

namespace Onboarding.Core.Workloads.Commands;

/// <summary>A heartbeat. It changes memory only, unless it brings the workload back or changes a condition.</summary>
internal sealed record KeepLease : SessionCall
{
    /// <summary>What the agent sees of the sidecar.</summary>
    public required SidecarStatus Sidecar { get; init; }

    /// <summary>The lease's terms.</summary>
    public required LeaseTerms Terms { get; init; }

    /// <inheritdoc/>
    protected override Decision<Workload, CallReply> DecideFor(Workload state, OpenedSession session, DateTimeOffset now)
    {
        if (!state.IsHeldBy(session.Id) || state.Registered is not { } registered)
        {
            return state.Remember(NotRegistered);
        }

        var isRestarting = registered.Presence.IsRestarting
            || (registered.Presence.ConfigRevision is { } before && before != Sidecar.ConfigRevision);
        var hasRestarted = isRestarting && Sidecar.State == SidecarState.Ready;
        var next = registered.Renewed(Terms == registered.Terms ? registered.Terms : Terms, registered.Presence.Running(Sidecar.ConfigRevision) with
        {
            LastContact = now,
            IsRestarting = isRestarting && !hasRestarted,
        }, now);
        var observed = Observe(next, now);
        if (ReferenceEquals(observed, next))
        {
            // A row holds them until it is written next, and they tell nothing.
            return (state.WithoutExpired(now) with { Registered = next }).Remember(new CallReply { Registered = next, Presence = next.Presence, HasRestarted = hasRestarted });
        }

        return (state with { Registered = observed })
            .Store(new CallReply { Registered = observed, Presence = observed.Presence, HasRestarted = hasRestarted }, new WriteRegistration(observed.Revision));
    }

    private Registered Observe(Registered registered, DateTimeOffset now)
    {
        var marks = registered.Marks.With(new(ConditionTypes.SidecarReady, Sidecar.State == SidecarState.Ready, Name(Sidecar.State)), now);
        var isSettled = registered.ContestedAt is { } at && now - at > Workload.ContestWindow;
        if (marks == registered.Marks && registered.Phase == LeasePhase.Live && !isSettled)
        {
            return registered;
        }

        var next = registered.Phase == LeasePhase.Live ? registered.WithConditions(marks) : registered.Enter(LeasePhase.Live, now) with { Marks = marks };
        return isSettled ? next with { ContestedAt = null } : next;
    }

    // The names are constants of the process: a fleet's worth of them costs nothing.
    private static string Name(SidecarState state) => state switch
    {
        SidecarState.Missing => nameof(SidecarState.Missing),
        SidecarState.Stopped => nameof(SidecarState.Stopped),
        SidecarState.Starting => nameof(SidecarState.Starting),
        _ => nameof(SidecarState.Ready),
    };
}
