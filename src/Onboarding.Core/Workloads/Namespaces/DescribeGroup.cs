using Onboarding.Core.Entities;

namespace Onboarding.Core.Workloads.Namespaces;

/// <summary>Asks what is known of a group.</summary>
internal sealed record DescribeGroup : NamespaceCommand, ICommand<PolicyNamespace, GroupReply>
{
    /// <inheritdoc/>
    public Decision<PolicyNamespace, GroupReply> Decide(PolicyNamespace state, DateTimeOffset now)
    {
        var group = state.Find(Group, now);
        return state.Keep(new GroupReply(group.Waiting.Count, group.Removals.Length, group.Turns.Length)
        {
            BrakedSince = group.Waiting.IsEmpty ? null : group.BrakedSince,
        });
    }
}

/// <summary>What is known of a group.</summary>
/// <param name="Held">How many removals the brake holds.</param>
/// <param name="Removed">How many were granted within the window.</param>
/// <param name="Turns">How many workloads have their turn to restart.</param>
internal sealed record GroupReply(int Held, int Removed, int Turns)
{
    /// <summary>Since when it holds them; null: it holds none.</summary>
    public DateTimeOffset? BrakedSince { get; init; }
}
