using System.Text.Json.Serialization;
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
/// <param name="IsBraked">Whether the brake was asked, and has granted it.</param>
internal sealed record RevokeSession(
    string Session,
    string Reason,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool IsBraked = false) : WorkloadCommand, ICommand<Workload, EndReply>
{
    /// <inheritdoc/>
    public Decision<Workload, EndReply> Decide(Workload state, DateTimeOffset now)
    {
        if (state.Find(Session) is not { } session)
        {
            return state.Keep(new EndReply(IsDone: false));
        }

        var (next, effects) = state.IsHeldBy(Session) ? state.Remove(Reason, now, IsBraked) : state.End(session);
        return next.Store(new EndReply(IsDone: true), [.. effects]);
    }
}

/// <summary>Whether it was done now; if not, it had been done before.</summary>
internal sealed record EndReply(bool IsDone);
