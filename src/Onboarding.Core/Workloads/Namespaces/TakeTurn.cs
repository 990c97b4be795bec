using Onboarding.Core.Entities;

namespace Onboarding.Core.Workloads.Namespaces;

/// <summary>Asks whether it is a workload's turn to restart its sidecar. A turn that was given stays given until it ends.</summary>
/// <param name="Workload">The digest that ends the workload's key.</param>
internal sealed record TakeTurn(string Workload) : NamespaceCommand, ICommand<PolicyNamespace, TurnReply>
{
    /// <summary>How many of the group may have a turn at a time.</summary>
    public required int Limit { get; init; }

    /// <summary>After which time a turn ends even if nothing more is heard of it.</summary>
    public required TimeSpan Bound { get; init; }

    /// <inheritdoc/>
    public Decision<PolicyNamespace, TurnReply> Decide(PolicyNamespace state, DateTimeOffset now)
    {
        var group = state.Find(Group, now);
        if (group.Turns.Any(turn => turn.Workload == Workload))
        {
            return state.Keep(new TurnReply(IsGiven: true));
        }

        if (group.Turns.Length >= Limit)
        {
            return state.Keep(new TurnReply(IsGiven: false));
        }

        var given = group with { Turns = group.Turns.Add(new RestartGrant(Workload, now + Bound)) };
        return state.With(Group, given).Store(new TurnReply(IsGiven: true));
    }
}

/// <summary>Whether it is the workload's turn.</summary>
internal sealed record TurnReply(bool IsGiven);

/// <summary>Ends a turn: the sidecar is ready again. In memory; unknown, it ends at its bound.</summary>
/// <param name="Workload">The digest that ends the workload's key.</param>
internal sealed record EndTurn(string Workload) : NamespaceCommand, ICommand<PolicyNamespace, NoteReply>
{
    /// <inheritdoc/>
    public Decision<PolicyNamespace, NoteReply> Decide(PolicyNamespace state, DateTimeOffset now)
    {
        var group = state.Find(Group, now);
        var left = group.Turns.RemoveAll(turn => turn.Workload == Workload);
        return left.Length == group.Turns.Length
            ? state.Keep(new NoteReply(IsDone: false))
            : state.With(Group, group with { Turns = left }).Remember(new NoteReply(IsDone: true));
    }
}
