using System.Text.Json.Serialization;
using Onboarding.Core.Entities;

namespace Onboarding.Core.Workloads.Commands;

/// <summary>Tells what was written outside. It is stored when an entry appeared, changed, was made anew, or went.</summary>
/// <param name="Revision">The <see cref="Registered.Revision"/> that was written.</param>
/// <param name="Uid">The entry's UID; null: there is no entry.</param>
/// <param name="Problem">Why there is none although there should be.</param>
/// <param name="Content">Stands for what the entry says.</param>
internal sealed record EntryWritten(long Revision, string? Uid, string? Problem = null, string? Content = null) : WorkloadCommand, ICommand<Workload, EndReply>
{
    /// <inheritdoc/>
    public Decision<Workload, EndReply> Decide(Workload state, DateTimeOffset now)
    {
        if (state.Registered is not { } registered || registered.Written?.Revision >= Revision || Revision > registered.Revision)
        {
            return state.Keep(new EndReply(IsDone: false));
        }

        var before = registered.Written;
        var isSame = before is not null && before.Uid == Uid && before.Problem == Problem;
        var written = new WrittenEntry(Revision, isSame ? before!.Uid : Uid, Problem, Content, isSame ? before!.Since : now);
        var next = state with { Registered = registered with { Written = written } };
        return isSame && before!.Content == Content ? next.Remember(new EndReply(IsDone: true)) : next.Store(new EndReply(IsDone: true));
    }
}

/// <summary>Tries again to write what could not be written, or is not there any more, in memory only: what has not worked costs no row.</summary>
/// <param name="Revision">The <see cref="Registered.Revision"/> that could not be written.</param>
/// <param name="IsLost">Whether it was written, and is missing.</param>
internal sealed record WriteAgain(long Revision, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool IsLost = false) : WorkloadCommand, ICommand<Workload, EndReply>
{
    /// <inheritdoc/>
    public Decision<Workload, EndReply> Decide(Workload state, DateTimeOffset now)
    {
        if (state.Registered is not { Written: { } written } registered
            || registered.Revision != Revision
            || (!IsLost && (written is not { Uid: null, Problem: not null } || written.Revision != Revision)))
        {
            return state.Keep(new EndReply(IsDone: false));
        }

        var next = registered with { Revision = Revision + 1 };
        return new(state with { Registered = next }, new EndReply(IsDone: true), Durable: false, [new WriteRegistration(next.Revision)]);
    }
}

/// <summary>Removes a registration whose lease has run out, unless its agent has come back meanwhile.</summary>
/// <param name="Revision">The <see cref="Registered.Revision"/> that asked for it.</param>
internal sealed record RemoveExpired(long Revision) : WorkloadCommand, ICommand<Workload, EndReply>
{
    /// <inheritdoc/>
    public Decision<Workload, EndReply> Decide(Workload state, DateTimeOffset now)
    {
        if (state.Registered?.AsksForRemoval(Revision) != true)
        {
            return state.Keep(new EndReply(IsDone: false));
        }

        var (next, effects) = state.Remove("its lease ended", now, isBraked: true);
        return next.Store(new EndReply(IsDone: true), [.. effects]);
    }
}
