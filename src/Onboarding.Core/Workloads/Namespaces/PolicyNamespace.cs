using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Onboarding.Core.Entities;

namespace Onboarding.Core.Workloads.Namespaces;

/// <summary>
/// A namespace that holds WorkloadGroups: how many of a group were removed lately and who waits for it, and whose turn it is to restart.
/// It is asked before a removal and before a restart, never by a plain heartbeat. Its key is the namespace's name.
/// </summary>
internal sealed record PolicyNamespace : IEntity<PolicyNamespace>
{
    /// <summary>The stored form.</summary>
    public static EntityCodec<PolicyNamespace> Codec { get; } = new("policynamespace", 1, NamespaceJson.Default.PolicyNamespace);

    /// <summary>Its commands and replies between processes.</summary>
    public static EntityMessages<PolicyNamespace> Messages { get; } = new(NamespaceJson.Default.NamespaceCommand);

    /// <summary>Groups of which there is something to know, by name.</summary>
    public ImmutableSortedDictionary<string, GroupStanding> Groups
    {
        get;
        init => field = value ?? ImmutableSortedDictionary<string, GroupStanding>.Empty;
    } = ImmutableSortedDictionary<string, GroupStanding>.Empty;

    /// <inheritdoc/>
    [JsonIgnore]
    public bool IsAbsent => Groups.IsEmpty;

    /// <inheritdoc/>
    // When nothing is left to forget; what is over earlier is left out by whoever asks.
    [JsonIgnore]
    public DateTimeOffset? Deadline => Groups.Values.Select(group => group.ForgetAt).Max();

    /// <inheritdoc/>
    public static PolicyNamespace Absent(string key) => new();

    /// <inheritdoc/>
    public Decision<PolicyNamespace> OnDeadline(DateTimeOffset now)
    {
        var next = this;
        foreach (var name in Groups.Keys)
        {
            next = next.With(name, Find(name, now));
        }

        return next.Store();
    }

    /// <inheritdoc/>
    public PolicyNamespace Resumed(DateTimeOffset now) => this;

    /// <summary>A group as it stands now.</summary>
    public GroupStanding Find(string group, DateTimeOffset now) => Groups.GetValueOrDefault(group, GroupStanding.None).At(now);

    /// <summary>With a group as it stands.</summary>
    public PolicyNamespace With(string name, GroupStanding group) =>
        this with { Groups = group.IsForgotten ? Groups.Remove(name) : Groups.SetItem(name, group) };
}
