using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Onboarding.Core.Entities;

namespace Onboarding.Core.Sessions;

/// <summary>
/// A session: which of its tokens is current. Its key is <see cref="SessionIds.Hash"/> of the session id. It authorizes nothing alone, its expiry is
/// checked on use, its loss costs one attestation, and an effect of its workload deletes it.
/// </summary>
internal sealed record Session : IEntity<Session>
{
    /// <summary>How long a token is good after its successor was issued, so that a lost reply costs nothing.</summary>
    public static readonly TimeSpan PreviousTokenValidity = TimeSpan.FromSeconds(60);

    /// <summary>The stored form.</summary>
    public static EntityCodec<Session> Codec { get; } = new("session", 1, SessionJson.Default.Session);

    /// <summary>Its commands and replies between processes.</summary>
    public static EntityMessages<Session> Messages { get; } = new(SessionJson.Default.SessionCommand);

    /// <summary>RFC 7638 thumbprint of the session's key; null: there is no such session.</summary>
    public string? KeyThumbprint { get; init; }

    /// <summary>The token that was issued last.</summary>
    public IssuedToken? Current { get; init; }

    /// <summary>The one before it.</summary>
    public ReplacedToken? Previous { get; init; }

    /// <summary>After this a renewal needs a fresh credential.</summary>
    public DateTimeOffset NotAfter { get; init; }

    /// <summary>Addresses that its credential vouched for.</summary>
    public ImmutableArray<string> VerifiedAddresses
    {
        get;
        init => field = value.IsDefault ? [] : value;
    } = [];

    /// <summary>Whether a token was used that is neither current nor previous: somebody has a copy, and the session has ended.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsCompromised { get; init; }

    /// <summary>The sidecar's token, in memory only; the deadline keeps the activation there until it may be asked for anew.</summary>
    [JsonIgnore]
    public SidecarTokenSlot SidecarToken { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public bool IsAbsent => KeyThumbprint is null;

    /// <inheritdoc/>
    [JsonIgnore]
    public DateTimeOffset? Deadline => SidecarToken.Token is null ? null : SidecarToken.FreshUntil;

    /// <inheritdoc/>
    public static Session Absent(string key) => new();

    /// <inheritdoc/>
    public Decision<Session> OnDeadline(DateTimeOffset now) => (this with { SidecarToken = default }).Remember();

    /// <inheritdoc/>
    public Session Resumed(DateTimeOffset now) => this;

    /// <summary>What a token of the session is, now.</summary>
    public TokenStanding StandingOf(string tokenHash, DateTimeOffset now)
    {
        if (IsAbsent)
        {
            return TokenStanding.Unknown;
        }

        var standing = Current?.Hash == tokenHash ? TokenStanding.Current
            : Previous?.Hash == tokenHash && now <= Previous.GoodUntil ? TokenStanding.Previous
            : TokenStanding.Reused;
        return IsCompromised && standing != TokenStanding.Reused ? TokenStanding.Unknown : standing;
    }
}

/// <summary>A token that was issued.</summary>
/// <param name="Hash">Hash of its <c>jti</c>.</param>
/// <param name="IssuedAt">When, in whole seconds.</param>
/// <param name="ExpiresAt">When it expires, in whole seconds.</param>
internal sealed record IssuedToken(string Hash, DateTimeOffset IssuedAt, DateTimeOffset ExpiresAt);

/// <summary>A token that has a successor.</summary>
/// <param name="Hash">Hash of its <c>jti</c>.</param>
/// <param name="GoodUntil">Until when it is still good.</param>
internal sealed record ReplacedToken(string Hash, DateTimeOffset GoodUntil);

/// <summary>What a token is to its session.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TokenStanding>))]
internal enum TokenStanding
{
    /// <summary>There is no such session any more.</summary>
    Unknown,

    /// <summary>The token that was issued last.</summary>
    Current,

    /// <summary>The one before it, still good.</summary>
    Previous,

    /// <summary>A copy of an old one; the session has ended.</summary>
    Reused,

    /// <summary>Current or previous, but the session may not be renewed any more.</summary>
    Lapsed,
}
