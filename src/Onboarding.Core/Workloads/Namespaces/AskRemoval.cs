using Onboarding.Core.Entities;

namespace Onboarding.Core.Workloads.Namespaces;

/// <summary>
/// Asks whether a workload may be removed whose lease has run out, or whose permission is gone: the brake. It holds when those removed within the
/// window and those who wait are more than <see cref="MaxPercent"/> of the group; once it holds, each waits until all have had the time to ask.
/// </summary>
internal sealed record AskRemoval : NamespaceCommand, ICommand<PolicyNamespace, RemovalReply>
{
    /// <summary>A smaller group is not braked: one of four is more than any sensible limit.</summary>
    public const int SmallestBraked = 5;

    // Paces that one who waits is remembered without asking again, and that pass before one who waits is let go.
    private const int PacesRemembered = 3;
    private const int PacesToSettle = 2;

    // Clocks of two processes differ: what was removed shortly before somebody else's count may still be in it.
    private static readonly TimeSpan ClockMargin = TimeSpan.FromSeconds(5);

    /// <summary>The digest that ends the workload's key.</summary>
    public required string Workload { get; init; }

    /// <summary>How many of the group were written when they were counted.</summary>
    public required int Members { get; init; }

    /// <summary>When they were counted.</summary>
    public required DateTimeOffset CountedAt { get; init; }

    /// <summary>Largest share of the group that may be removed within the window, in percent.</summary>
    public required int MaxPercent { get; init; }

    /// <summary>The window.</summary>
    public required TimeSpan Window { get; init; }

    /// <summary>After which time the workload asks again when it is held.</summary>
    public required TimeSpan Pace { get; init; }

    /// <summary>Whether somebody has confirmed the group's removals.</summary>
    public bool IsConfirmed { get; init; }

    /// <inheritdoc/>
    public Decision<PolicyNamespace, RemovalReply> Decide(PolicyNamespace state, DateTimeOffset now)
    {
        var group = state.Find(Group, now);
        if (group.Removals.Any(removal => removal.Workload == Workload && removal.DoneAt is null))
        {
            return state.Keep(RemovalReply.Granted);
        }

        // What has gone counts, or a group would shrink below the smallest one while it is removed. In doubt it is counted twice.
        if (IsConfirmed || Members + group.Removals.Length < SmallestBraked)
        {
            return LetGo(state, group with { Waiting = group.Waiting.Remove(Workload) });
        }

        var since = group.Waiting.GetValueOrDefault(Workload)?.Since ?? now;
        var waiting = group.Waiting.SetItem(Workload, new WaitingRemoval(since, now + (Pace * PacesRemembered)));
        var isSettled = group.BrakedSince is null || now - since >= Pace * PacesToSettle;
        var size = SizeOf(group);
        if (isSettled && (group.Removals.Length + waiting.Count) * 100L <= size * (long)MaxPercent)
        {
            var granted = group.Removals.Add(new GrantedRemoval(Workload, now + Window));
            return LetGo(state, group with { Removals = granted, Waiting = waiting.Remove(Workload) }, hasGranted: true);
        }

        var held = state.With(Group, group with { Waiting = waiting, BrakedSince = group.BrakedSince ?? now });
        var reply = new RemovalReply(IsGranted: false)
        {
            IsNews = group.BrakedSince is null,
            Waiting = waiting.Count,
            Removed = group.Removals.Length,
            Members = size,
        };
        return group.BrakedSince is null ? held.Store(reply) : held.Remember(reply);
    }

    // At the window's beginning. Here what is in doubt is left out, so that the limit is never too high.
    private int SizeOf(GroupStanding group) => Members + group.Removals.Count(removal => removal.DoneAt + ClockMargin < CountedAt);

    private Decision<PolicyNamespace, RemovalReply> LetGo(PolicyNamespace state, GroupStanding group, bool hasGranted = false)
    {
        var next = state.With(Group, group with { BrakedSince = null });
        var reply = new RemovalReply(IsGranted: true) { IsNews = group.BrakedSince is not null };
        return hasGranted || reply.IsNews ? next.Store(reply) : state.Keep(reply);
    }
}

/// <summary>Whether a workload may be removed.</summary>
/// <param name="IsGranted">It may.</param>
internal sealed record RemovalReply(bool IsGranted)
{
    /// <summary>It may, as it might before.</summary>
    public static RemovalReply Granted { get; } = new(IsGranted: true);

    /// <summary>Whether the brake began to hold, or has let go, with this answer.</summary>
    public bool IsNews { get; init; }

    /// <summary>How many of the group wait.</summary>
    public int Waiting { get; init; }

    /// <summary>How many were removed within the window.</summary>
    public int Removed { get; init; }

    /// <summary>Of how many.</summary>
    public int Members { get; init; }
}

/// <summary>Tells that what was written of a workload has gone, whose removal was granted: a later count of the group is without it. In memory; unknown, the limit is lower.</summary>
/// <param name="Workload">The digest that ends the workload's key.</param>
internal sealed record NoteRemoved(string Workload) : NamespaceCommand, ICommand<PolicyNamespace, NoteReply>
{
    /// <inheritdoc/>
    public Decision<PolicyNamespace, NoteReply> Decide(PolicyNamespace state, DateTimeOffset now)
    {
        var group = state.Find(Group, now);
        if (group.Removals.FirstOrDefault(removal => removal.Workload == Workload && removal.DoneAt is null) is not { } granted)
        {
            return state.Keep(new NoteReply(IsDone: false));
        }

        var noted = group with { Removals = group.Removals.Replace(granted, granted with { DoneAt = now }) };
        return state.With(Group, noted).Remember(new NoteReply(IsDone: true));
    }
}
