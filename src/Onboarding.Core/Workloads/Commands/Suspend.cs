using System.Collections.Immutable;
using Onboarding.Core.Entities;

namespace Onboarding.Core.Workloads.Commands;

/// <summary>Suspends a workload, or lets it in again: its entry goes, its sessions end, new ones are refused; the registration is kept.</summary>
/// <param name="Reason">Why; null: it may join again.</param>
internal sealed record Suspend(string? Reason) : WorkloadCommand, ICommand<Workload, EndReply>
{
    /// <inheritdoc/>
    public Decision<Workload, EndReply> Decide(Workload state, DateTimeOffset now)
    {
        if (state.Suspended == Reason)
        {
            return state.Keep(new EndReply(IsDone: false));
        }

        var next = state with { Suspended = Reason };
        var effects = ImmutableArray<Effect>.Empty;
        if (next.Registered is { } registered)
        {
            var changed = registered.Resumed(now) with { Revision = registered.Revision + 1 };
            next = next with { Registered = changed };
            effects = [new WriteRegistration(changed.Revision)];
        }

        if (Reason is null)
        {
            return next.Store(new EndReply(IsDone: true), [.. effects]);
        }

        var open = next.Registered is { IsSessionEnded: false } held ? next.Opened.Add(held.Session) : next.Opened;
        foreach (var session in open)
        {
            (next, var ended) = next.End(session);
            effects = effects.AddRange(ended);
        }

        return next.Store(new EndReply(IsDone: true), [.. effects]);
    }
}
