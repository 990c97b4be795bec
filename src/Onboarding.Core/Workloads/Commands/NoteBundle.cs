using System.Collections.Immutable;
using Onboarding.Core.Entities;

namespace Onboarding.Core.Workloads.Commands;

/// <summary>
/// Tells the revision of the workload's bundle, so that heartbeats need not compute it, and what the entry should say now: where that
/// is not what was written (its group was edited), or a condition is news, the registration is written again.
/// </summary>
/// <param name="Bundle">The revision and what it was made from.</param>
/// <param name="Content">Stands for what the entry should say.</param>
/// <param name="Observations">What making the bundle has shown.</param>
internal sealed record NoteBundle(BundleStamp Bundle, string? Content, ImmutableArray<Observation> Observations) : WorkloadCommand, ICommand<Workload, EndReply>
{
    /// <inheritdoc/>
    public Decision<Workload, EndReply> Decide(Workload state, DateTimeOffset now)
    {
        if (state.Registered is not { } registered || registered.Revision != Bundle.Registration)
        {
            return state.Keep(new EndReply(IsDone: false));
        }

        var marks = Observations.Aggregate(registered.Marks, (all, observation) => all.With(observation, now));
        var isEdited = registered.Written is { } written && written.Revision == registered.Revision && written.Uid is not null && written.Content != Content;
        if (marks != registered.Marks || isEdited)
        {
            var revision = registered.Revision + 1;
            var changed = registered with { Marks = marks, Revision = revision, Presence = registered.Presence.Wanting(Bundle with { Registration = revision }) };
            return (state with { Registered = changed }).Store(new EndReply(IsDone: true), new WriteRegistration(revision));
        }

        if (registered.Presence.Bundle == Bundle)
        {
            return state.Keep(new EndReply(IsDone: false));
        }

        var noted = registered with { Presence = registered.Presence.Wanting(Bundle) };
        return (state with { Registered = noted }).Remember(new EndReply(IsDone: true));
    }
}
