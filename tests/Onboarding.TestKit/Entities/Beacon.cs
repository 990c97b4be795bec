using System.Collections.Immutable;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Onboarding.Core.Entities;

namespace Onboarding.TestKit.Entities;

/// <summary>The contract suite's entity: it counts, holds a lease, and announces what it is told to.</summary>
public sealed record Beacon : IEntity<Beacon>
{
    /// <summary>How long a lease is.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(90);

    /// <summary>Its stored form.</summary>
    public static EntityCodec<Beacon> Codec { get; } = new("beacon", 1, BeaconJson.Default.Beacon, BeaconJson.Default.BeaconEffect);

    /// <summary>Its commands and replies between processes.</summary>
    public static EntityMessages<Beacon> Messages { get; } = new(BeaconJson.Default.BeaconCommand);

    /// <summary>Metadata of its state.</summary>
    public static JsonTypeInfo<Beacon> StateType => BeaconJson.Default.Beacon;

    /// <summary>Numbers that were added, in order.</summary>
    public ImmutableArray<int> Added { get; init; } = [];

    /// <summary>Whether it was lit and not put out.</summary>
    public bool IsLit { get; init; }

    /// <summary>When its lease ends; null: it has none.</summary>
    public DateTimeOffset? LeaseEnds { get; init; }

    /// <summary>Heartbeats since it was lit.</summary>
    public int Beats { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public bool IsAbsent => !IsLit;

    /// <inheritdoc/>
    [JsonIgnore]
    public DateTimeOffset? Deadline => LeaseEnds;

    /// <inheritdoc/>
    public static Beacon Absent(string key) => new();

    /// <inheritdoc/>
    public Decision<Beacon> OnDeadline(DateTimeOffset now) => (this with { LeaseEnds = null }).Store(new Announce("lease", "ended"));

    /// <inheritdoc/>
    public Beacon Resumed(DateTimeOffset now) => LeaseEnds is null ? this : this with { LeaseEnds = now + Lease };
}

/// <summary>What follows a beacon's decisions.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Announce), "announce")]
public abstract record BeaconEffect : Effect;

/// <summary>Says something to somebody.</summary>
public sealed record Announce(string To, string Text) : BeaconEffect
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Target => To;
}

/// <summary>A command to a beacon.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "command")]
[JsonDerivedType(typeof(Add), "add")]
[JsonDerivedType(typeof(TakeLease), "takeLease")]
[JsonDerivedType(typeof(Beat), "beat")]
[JsonDerivedType(typeof(Look), "look")]
[JsonDerivedType(typeof(Tell), "tell")]
[JsonDerivedType(typeof(PutOut), "putOut")]
public abstract record BeaconCommand;

/// <summary>Adds a number once, durably; replies how many were added before it.</summary>
public sealed record Add(int Number) : BeaconCommand, ICommand<Beacon, int>
{
    /// <inheritdoc/>
    public Decision<Beacon, int> Decide(Beacon state, DateTimeOffset now) =>
        state.Added.IndexOf(Number) is var known and >= 0
            ? state.Keep(known)
            : (state with { IsLit = true, Added = state.Added.Add(Number) }).Store(state.Added.Length);
}

/// <summary>Takes a lease, durably.</summary>
public sealed record TakeLease : BeaconCommand, ICommand<Beacon, Beacon>
{
    /// <inheritdoc/>
    public Decision<Beacon, Beacon> Decide(Beacon state, DateTimeOffset now)
    {
        var next = state with { IsLit = true, LeaseEnds = now + Beacon.Lease };
        return next.Store(next);
    }
}

/// <summary>Keeps the lease, in memory only.</summary>
public sealed record Beat : BeaconCommand, ICommand<Beacon, Beacon>
{
    /// <inheritdoc/>
    public Decision<Beacon, Beacon> Decide(Beacon state, DateTimeOffset now)
    {
        var next = state.LeaseEnds is null ? state : state with { LeaseEnds = now + Beacon.Lease, Beats = state.Beats + 1 };
        return next.Remember(next);
    }
}

/// <summary>Changes nothing; perhaps after what is left to be done.</summary>
public sealed record Look(bool IsAfterEffects = false) : BeaconCommand, ICommand<Beacon, Beacon>
{
    /// <inheritdoc/>
    public Decision<Beacon, Beacon> Decide(Beacon state, DateTimeOffset now) => state.Keep(state);
}

/// <summary>Lights the beacon and has things announced.</summary>
public sealed record Tell(params ImmutableArray<Announce> Announcements) : BeaconCommand, ICommand<Beacon, Beacon>
{
    /// <inheritdoc/>
    public Decision<Beacon, Beacon> Decide(Beacon state, DateTimeOffset now)
    {
        var next = state with { IsLit = true };
        return next.Store(next, [.. Announcements]);
    }
}

/// <summary>Puts the beacon out, and has things announced.</summary>
public sealed record PutOut(params ImmutableArray<Announce> Announcements) : BeaconCommand, ICommand<Beacon, Beacon>
{
    /// <inheritdoc/>
    public Decision<Beacon, Beacon> Decide(Beacon state, DateTimeOffset now)
    {
        var next = new Beacon();
        return next.Store(next, [.. Announcements]);
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(Beacon))]
[JsonSerializable(typeof(BeaconEffect))]
[JsonSerializable(typeof(BeaconCommand))]
[JsonSerializable(typeof(int))]
internal sealed partial class BeaconJson : JsonSerializerContext;
