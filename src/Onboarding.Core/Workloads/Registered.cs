using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Onboarding.Core.Configuration;
using Onboarding.Core.Workloads.Addresses;
using Onboarding.Protocol;

namespace Onboarding.Core.Workloads;

/// <summary>A workload's registration and its lease.</summary>
internal sealed record Registered
{
    /// <summary>Heartbeat intervals that make a lease.</summary>
    public const int LeaseIntervals = 3;

    private readonly DateTime since;
    private readonly DateTime phaseSince;
    private readonly DateTime until;
    private readonly DateTime contestedAt;
    private readonly DateTime removeAt;

    /// <summary>The session that holds it, or held it last.</summary>
    public required OpenedSession Session { get; init; }

    /// <summary>Whether that session has ended; the lease runs on.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsSessionEnded { get; init; }

    /// <summary>What the agent said, with only the believed addresses left.</summary>
    public required Registration Registration
    {
        get;
        init => field = Share(value);
    }

    /// <summary>The address that is published.</summary>
    public required string Address { get; init; }

    /// <summary>Key of that address's entity; null: it has not been claimed.</summary>
    public string? AddressKey { get; init; }

    /// <summary>What speaks for it.</summary>
    public AddressBasis AddressBasis { get; init; }

    /// <summary>Since when it is registered.</summary>
    public required DateTimeOffset Since
    {
        get => since.ToOffset();
        init => since = UtcTime.Of(value);
    }

    /// <summary>Where its lease stands.</summary>
    public required LeasePhase Phase { get; init; }

    /// <summary>Since when.</summary>
    public required DateTimeOffset PhaseSince
    {
        get => phaseSince.ToOffset();
        init => phaseSince = UtcTime.Of(value);
    }

    /// <summary>The lease's terms.</summary>
    public required LeaseTerms Terms
    {
        get;
        init => field = Shared.Of(value);
    }

    /// <summary>Counts what should be written outside.</summary>
    public required long Revision { get; init; }

    /// <summary>What was written outside last; null: nothing yet.</summary>
    public WrittenEntry? Written { get; init; }

    /// <summary>What the agent and the bundle's making have shown.</summary>
    public ImmutableArray<Mark> Marks
    {
        get;
        init => field = value.IsDefault ? [] : value;
    } = [];

    /// <summary>The process that accepted the session.</summary>
    public string? ConnectedTo
    {
        get;
        init => field = Shared.OfOptional(value);
    }

    /// <summary>When machines last quarrelled over the identity often enough to say so.</summary>
    public DateTimeOffset? ContestedAt
    {
        get => contestedAt.ToOffsetOrNull();
        init => contestedAt = UtcTime.Of(value);
    }

    /// <summary>When it is removed after a graceful leave.</summary>
    public DateTimeOffset? RemoveAt
    {
        get => removeAt.ToOffsetOrNull();
        init => removeAt = UtcTime.Of(value);
    }

    /// <summary>Whether the brake holds its removal; not stored for its own sake, since after a restart the lease begins anew.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsHeld { get; init; }

    /// <summary>When the lease's phase ends, or a removal that is held is asked for again; in memory.</summary>
    [JsonIgnore]
    public DateTimeOffset Until
    {
        get => until.ToOffset();
        init => until = UtcTime.Of(value);
    }

    /// <summary>What heartbeats say; in memory.</summary>
    [JsonIgnore]
    public Presence Presence { get; init; } = Presence.None;

    /// <summary>Whether there is no entry, and there may be one when what is asked for has been written.</summary>
    [JsonIgnore]
    public bool AwaitsEntry => Written?.Uid is null && !(Written?.Revision >= Revision);

    /// <summary>Whether its agent was heard of within the lease.</summary>
    public bool IsLiveAt(DateTimeOffset now) => Phase == LeasePhase.Live && now < Until;

    /// <summary>Whether its lease has run out, and nothing has happened since it asked to be removed.</summary>
    public bool AsksForRemoval(long revision) => Phase == LeasePhase.Expiring && Revision == revision;

    /// <summary>Begins the lease: three intervals from now.</summary>
    public Registered Renewed(LeaseTerms terms, DateTimeOffset now) => Renewed(terms, Presence with { LastContact = now }, now);

    /// <inheritdoc cref="Renewed(LeaseTerms, DateTimeOffset)"/>
    public Registered Renewed(LeaseTerms terms, Presence presence, DateTimeOffset now) => this with
    {
        Terms = terms,
        Until = now + (terms.Interval * LeaseIntervals),
        Presence = presence,
    };

    /// <summary>In another phase, which is to be written outside.</summary>
    public Registered Enter(LeasePhase phase, DateTimeOffset now) => this with
    {
        Phase = phase,
        PhaseSince = now,
        Until = phase == LeasePhase.Disconnected ? now + Terms.Grace : Until,
        IsHeld = false,
        Revision = Revision + 1,
    };

    /// <summary>The same, to be written outside anew since its conditions have changed; of these no bundle is made, so it stays as it is.</summary>
    public Registered WithConditions(ImmutableArray<Mark> marks) => this with
    {
        Marks = marks,
        Revision = Revision + 1,
        Presence = Presence.Bundle is { } bundle && bundle.Registration == Revision
            ? Presence with { Bundle = bundle with { Registration = Revision + 1 } }
            : Presence,
    };

    /// <summary>After we were away: nobody pays for that, so the lease begins anew. A removal that was on its way is not.</summary>
    public Registered Resumed(DateTimeOffset now)
    {
        var lease = Terms.Interval * LeaseIntervals;
        var resumed = this with
        {
            Session = Session.Resumed(now),
            Address = Registration.Host.Addresses.FirstOrDefault(address => address.Ip == Address)?.Ip ?? Address,
            IsHeld = false,
            Until = now + lease,
        };
        return Phase is LeasePhase.Disconnected or LeasePhase.Expiring
            ? resumed with { Phase = LeasePhase.Disconnected, Until = now + lease + Terms.Grace }
            : resumed;
    }

    private static Registration Share(Registration registration) => registration with
    {
        Agent = Shared.Of(registration.Agent),
        Sidecar = Shared.Of(registration.Sidecar),
        Host = new(registration.Host.Addresses.ToArray()),
        Settings = Shared.OfOptional(registration.Settings),
    };
}

/// <summary>Where a lease stands. Each step is stored.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<LeasePhase>))]
internal enum LeasePhase
{
    /// <summary>Its agent is heard of.</summary>
    Live,

    /// <summary>It was not, for three intervals.</summary>
    Disconnected,

    /// <summary>Nor for the grace period: removal was asked for.</summary>
    Expiring,

    /// <summary>Its agent has left; it is removed when the mesh has heard of it.</summary>
    Leaving,
}

/// <summary>A lease's terms, kept with it so that it can begin anew by itself.</summary>
/// <param name="Interval">Between heartbeats.</param>
/// <param name="Grace">How long a disconnected workload keeps its registration.</param>
internal sealed record LeaseTerms(TimeSpan Interval, TimeSpan Grace)
{
    /// <summary>As they are configured.</summary>
    public static LeaseTerms Of(OnboardingOptions options) => new(options.Workloads.HeartbeatInterval, options.Workloads.GracePeriod);
}

/// <summary>What was written outside.</summary>
/// <param name="Revision">The <see cref="Registered.Revision"/> of it.</param>
/// <param name="Uid">The entry's UID; null: there is no entry.</param>
/// <param name="Problem">Why there is none although there should be; null: nothing is wrong.</param>
/// <param name="Content">Stands for what the entry says; null: there is none.</param>
/// <param name="Since">Since when there is one, or none.</param>
internal sealed record WrittenEntry(long Revision, string? Uid, string? Problem, string? Content, DateTimeOffset Since);

/// <summary>What heartbeats say, and what was computed for them. It costs no write; another process does not know it.</summary>
/// <param name="LastContact">When the agent was last heard of.</param>
/// <param name="ConfigRevision">Revision of the bundle the sidecar runs with.</param>
/// <param name="Bundle">Revision of the bundle it should have.</param>
internal sealed record Presence(DateTimeOffset? LastContact, string? ConfigRevision, BundleStamp? Bundle)
{
    public static Presence None { get; } = new(null, null, null);

    /// <summary>Whether the sidecar was seen to have stopped, or to run with another bundle, and has not been ready since.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsRestarting { get; init; }

    /// <summary>With the revision that a heartbeat says; most often it is one that is known.</summary>
    public Presence Running(string? revision) => this with
    {
        ConfigRevision = revision == ConfigRevision ? ConfigRevision : revision == Bundle?.Revision ? Bundle?.Revision : revision,
    };

    /// <summary>With the bundle that it should have; most often it is the one that it runs with.</summary>
    public Presence Wanting(BundleStamp bundle) => this with
    {
        Bundle = bundle.Revision == ConfigRevision ? bundle with { Revision = ConfigRevision } : bundle,
    };
}

/// <summary>A bundle's revision, and what it was made from.</summary>
/// <param name="Inputs">Stands for everything outside the workload that the bundle is made from.</param>
/// <param name="Registration">The workload's <see cref="Registered.Revision"/>.</param>
/// <param name="EntryUid">UID of its entry.</param>
/// <param name="Revision">The bundle's revision; null: there is no bundle.</param>
internal sealed record BundleStamp(string Inputs, long Registration, string EntryUid, string? Revision);
