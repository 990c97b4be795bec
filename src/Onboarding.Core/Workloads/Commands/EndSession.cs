using Onboarding.Core.Entities;

namespace Onboarding.Core.Workloads.Commands;

/// <summary>Ends a session; the lease of one that holds the registration runs on.</summary>
/// <param name="Session">Hash of the session id.</param>
internal sealed record EndSession(string Session) : WorkloadCommand, ICommand<Workload, EndReply>
{
    /// <inheritdoc/>
    public Decision<Workload, EndReply> Decide(Workload state, DateTimeOffset now)
    {
        if (state.Find(Session) is not { } session)
        {
            return state.Keep(new EndReply(IsDone: false));
        }

        var (next, effects) = state.End(session);
        return next.Store(new EndReply(IsDone: true), [.. effects]);
    }
}

/// <summary>Ends a session whose permission is gone and, where it holds the registration, removes that too.</summary>
/// <param name="Session">Hash of the session id.</param>
/// <param name="Reason">Why, for the audit stream.</param>
internal sealed record RevokeSession(string Session, string Reason) : WorkloadCommand, ICommand<Workload, EndReply>
{
    /// <inheritdoc/>
    public Decision<Workload, EndReply> Decide(Workload state, DateTimeOffset now)
    {
        if (state.Find(Session) is not { } session)
        {
            return state.Keep(new EndReply(IsDone: false));
        }

        var (next, effects) = state.IsHeldBy(Session) ? state.Remove(Reason, now) : state.End(session);
        return next.Store(new EndReply(IsDone: true), [.. effects]);
    }
}

/// <summary>Whether it was done now; if not, it had been done before.</summary>
internal sealed record EndReply(bool IsDone);
