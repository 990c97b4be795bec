using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Onboarding.Core.Entities;

namespace Onboarding.Core.Workloads;

/// <summary>
/// A workload, the one decider about it: its sessions and their epochs, used nonces and credentials, its registration and lease.
/// Its key is <see cref="Identity.WorkloadKey"/>.
/// </summary>
internal sealed partial record Workload : IEntity<Workload>
{
    /// <summary>Sessions that may be open and not registered; one more ends the oldest.</summary>
    public const int MaxOpened = 4;

    private readonly DateTime tokensUntil;

    /// <summary>The stored form.</summary>
    public static EntityCodec<Workload> Codec { get; } = new("workload", 1, WorkloadJson.Default.Workload, WorkloadJson.Default.WorkloadEffect);

    /// <summary>Its commands and replies between processes.</summary>
    public static EntityMessages<Workload> Messages { get; } = new(WorkloadJson.Default.WorkloadCommand);

    /// <summary>The last epoch that was given; it never falls.</summary>
    public long Epoch { get; init; }

    /// <summary>The highest epoch whose registration was removed: what is found written with it, or a lower one, is a leftover.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long EndedEpoch { get; init; }

    /// <summary>Sessions that are open and not registered, oldest first.</summary>
    public ImmutableArray<OpenedSession> Opened
    {
        get;
        init => field = value.IsDefaultOrEmpty ? [] : value;
    } = [];

    /// <summary>The registration; null: it is not registered.</summary>
    public Registered? Registered { get; init; }

    /// <summary>Nonces that were used.</summary>
    public ImmutableArray<UsedNonce> Nonces
    {
        get;
        init => field = value.IsDefaultOrEmpty ? [] : value;
    } = [];

    /// <summary>Credentials that were used, oldest first.</summary>
    public ImmutableArray<UsedCredential> Credentials
    {
        get;
        init => field = value.IsDefaultOrEmpty ? [] : value;
    } = [];

    /// <summary>Why it is suspended; null: it is not.</summary>
    public string? Suspended { get; init; }

    /// <summary>Until when a token of a session that has ended could be valid, and the epoch must be known.</summary>
    public DateTimeOffset? TokensUntil
    {
        get => tokensUntil.ToOffsetOrNull();
        init => tokensUntil = UtcTime.Of(value);
    }

    /// <summary>When machines quarrelled over the identity lately; in memory.</summary>
    [JsonIgnore]
    public ImmutableArray<DateTimeOffset> Contests { get; init; } = [];

    /// <inheritdoc/>
    [JsonIgnore]
    public bool IsAbsent => Registered is null && Suspended is null && Opened.IsEmpty && ForgetAt is null;

    /// <inheritdoc/>
    [JsonIgnore]
    public DateTimeOffset? Deadline => Earlier(
        Opened.IsEmpty ? null : Opened.Min(session => session.ExpiresAt),
        Registered is { } registered ? LeaseDeadline(registered) : Opened.IsEmpty && Suspended is null ? ForgetAt : null);

    /// <summary>When nothing of what has gone needs to be known any more.</summary>
    private DateTimeOffset? ForgetAt
    {
        get
        {
            var latest = TokensUntil;
            foreach (var nonce in Nonces)
            {
                latest = nonce.RefusedUntil > latest.GetValueOrDefault() ? nonce.RefusedUntil : latest;
            }

            foreach (var credential in Credentials)
            {
                latest = credential.ExpiresAt > latest.GetValueOrDefault() ? credential.ExpiresAt : latest;
            }

            return latest;
        }
    }

    /// <inheritdoc/>
    public static Workload Absent(string key) => new();

    /// <inheritdoc/>
    public Workload Resumed(DateTimeOffset now) => this with
    {
        Opened = [.. Opened.Select(session => session.Resumed(now))],
        Registered = Registered?.Resumed(now),
        Credentials = Registered is null ? Credentials : [.. Credentials.Where(used => used.ExpiresAt > now).Select(Registered.Session.Share)],
    };

    /// <inheritdoc/>
    public Decision<Workload> OnDeadline(DateTimeOffset now)
    {
        var expired = Opened.Where(session => session.ExpiresAt <= now).ToImmutableArray();
        var next = expired.IsEmpty ? this : this with { Opened = Opened.RemoveRange(expired), TokensUntil = Later(TokensUntil, now) };
        var effects = expired.Select(session => (Effect)new DropSession(session.Id)).ToImmutableArray();
        if (next.Registered is { } registered && LeaseDeadline(registered) <= now)
        {
            return next.EndPhase(registered, effects, now);
        }

        if (next is { Registered: null, Suspended: null, Opened.IsEmpty: true } && next.ForgetAt <= now)
        {
            return new Workload().Store([.. effects]);
        }

        return ReferenceEquals(next, this) ? this.Keep() : next.Store([.. effects]);
    }

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) =>
        one is null || other < one ? other : one;

    private static DateTimeOffset? Later(DateTimeOffset? one, DateTimeOffset? other) =>
        one is null || other > one ? other : one;

    // A suspended workload keeps its registration.
    private DateTimeOffset? LeaseDeadline(Registered registered) => registered.Phase switch
    {
        LeasePhase.Live or LeasePhase.Disconnected => Suspended is null ? registered.Until : null,
        LeasePhase.Leaving => registered.RemoveAt,
        LeasePhase.Expiring when registered.IsHeld => registered.Until,
        _ => null,
    };

    private Decision<Workload> EndPhase(Registered registered, ImmutableArray<Effect> effects, DateTimeOffset now)
    {
        switch (registered.Phase)
        {
            case LeasePhase.Live:
                var disconnected = registered.Enter(LeasePhase.Disconnected, now);
                return (this with { Registered = disconnected }).Store([.. effects, new WriteRegistration(disconnected.Revision)]);
            case LeasePhase.Disconnected:
                var expiring = registered.Enter(LeasePhase.Expiring, now);
                return (this with { Registered = expiring }).Store([.. effects, new AskForRemoval(expiring.Revision)]);
            case LeasePhase.Expiring:
                // It is answered with a command; asking costs no row.
                var asking = this with { Registered = registered with { IsHeld = false } };
                return new(asking, Durable: !effects.IsEmpty, [.. effects, new AskForRemoval(registered.Revision)]);
            default:
                var (gone, removal) = Remove("left", now);
                return gone.Store([.. effects, .. removal]);
        }
    }
}
