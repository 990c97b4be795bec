using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Onboarding.Core.Workloads.Namespaces;

/// <summary>What a namespace knows of one of its groups.</summary>
internal sealed record GroupStanding
{
    /// <summary>Nothing.</summary>
    public static GroupStanding None { get; } = new();

    /// <summary>Removals that were granted within the brake's window.</summary>
    public ImmutableArray<GrantedRemoval> Removals
    {
        get;
        init => field = value.IsDefault ? [] : value;
    } = [];

    /// <summary>Turns to restart that were given and are not over.</summary>
    public ImmutableArray<RestartGrant> Turns
    {
        get;
        init => field = value.IsDefault ? [] : value;
    } = [];

    /// <summary>
    /// Since when the brake holds; null: it does not. It is stored, unlike those who wait: whoever asks after a restart then waits until all who
    /// would go have asked, instead of being taken for the only one.
    /// </summary>
    public DateTimeOffset? BrakedSince { get; init; }

    /// <summary>Who waits for its removal, by the digest that ends its workload's key; in memory, since each asks again.</summary>
    [JsonIgnore]
    public ImmutableDictionary<string, WaitingRemoval> Waiting { get; init; } = ImmutableDictionary<string, WaitingRemoval>.Empty;

    /// <summary>Whether nothing of it needs to be known.</summary>
    [JsonIgnore]
    public bool IsForgotten => Removals.IsEmpty && Turns.IsEmpty && BrakedSince is null;

    /// <summary>When all its removals and turns are over; null: there are none.</summary>
    [JsonIgnore]
    public DateTimeOffset? ForgetAt
    {
        get
        {
            DateTimeOffset? latest = null;
            foreach (var removal in Removals)
            {
                latest = latest > removal.Until ? latest : removal.Until;
            }

            foreach (var turn in Turns)
            {
                latest = latest > turn.Until ? latest : turn.Until;
            }

            return latest;
        }
    }

    /// <summary>Without what is over. Who has not asked again has come back.</summary>
    public GroupStanding At(DateTimeOffset now)
    {
        var returned = Waiting.Where(waiting => waiting.Value.Until <= now).Select(waiting => waiting.Key).ToArray();
        var removals = Removals.RemoveAll(removal => removal.Until <= now);
        var turns = Turns.RemoveAll(turn => turn.Until <= now);
        return returned.Length == 0 && removals.Length == Removals.Length && turns.Length == Turns.Length
            ? this
            : this with { Removals = removals, Turns = turns, Waiting = Waiting.RemoveRange(returned) };
    }
}

/// <summary>A removal that was granted.</summary>
/// <param name="Workload">The digest that ends the workload's key.</param>
/// <param name="Until">Until when it counts.</param>
/// <param name="DoneAt">When what was written of it was removed; null: that is not known.</param>
internal sealed record GrantedRemoval(string Workload, DateTimeOffset Until, DateTimeOffset? DoneAt = null);

/// <summary>A removal that the brake holds.</summary>
/// <param name="Since">When it was first asked for.</param>
/// <param name="Until">Until when it counts, unless it is asked for again.</param>
internal sealed record WaitingRemoval(DateTimeOffset Since, DateTimeOffset Until);

/// <summary>A turn to restart.</summary>
/// <param name="Workload">The digest that ends the workload's key.</param>
/// <param name="Until">When it ends even if nothing more is heard of it.</param>
internal sealed record RestartGrant(string Workload, DateTimeOffset Until);
