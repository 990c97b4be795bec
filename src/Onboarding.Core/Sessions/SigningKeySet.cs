using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Onboarding.Core.Sessions;

/// <summary>
/// The keys of an endpoint, immutable: one is active and signs, every one verifies. Where several processes load the set, a new key is announced with the
/// time from which it signs (<see cref="At"/>); an old one is taken out when the last token it signed has expired.
/// </summary>
public sealed class SigningKeySet
{
    /// <summary>Most keys a set may have.</summary>
    public const int MaxKeys = 8;

    private readonly FrozenDictionary<string, SigningKey> byHeader;

    internal SigningKeySet(ImmutableArray<SigningKey> keys, string active)
    {
        Keys = keys;
        Active = keys.Single(key => string.Equals(key.Kid, active, StringComparison.Ordinal));
        byHeader = keys.ToFrozenDictionary(key => key.TokenHeader, StringComparer.Ordinal);
    }

    /// <summary>All keys, oldest first.</summary>
    public ImmutableArray<SigningKey> Keys { get; }

    /// <summary>The key that signs.</summary>
    public SigningKey Active { get; }

    /// <summary>A set of one new key.</summary>
    public static SigningKeySet Create(DateTimeOffset now)
    {
        var key = SigningKey.Create(now);
        return new SigningKeySet([key], key.Kid);
    }

    /// <summary>Reads the form that <see cref="ToJson"/> writes: the standalone's key file, the mounted secret.</summary>
    /// <exception cref="FormatException">It is not such a set; the message has the field path.</exception>
    public static SigningKeySet Parse(ReadOnlySpan<byte> json) => SigningKeySetJson.Parse(json);

    /// <summary>The set with its private keys, as JSON.</summary>
    public byte[] ToJson() => SigningKeySetJson.Write(this);

    /// <summary>The set and a new key that verifies but does not sign yet.</summary>
    /// <exception cref="InvalidOperationException">The set is full.</exception>
    public SigningKeySet Add(DateTimeOffset now) => Add(SigningKey.Create(now));

    /// <summary>The set as it stands at a time: the announced key whose time came last signs, and before any the one that was made active.</summary>
    public SigningKeySet At(DateTimeOffset now)
    {
        var due = Keys.Where(key => key.SignsFrom <= now).MaxBy(key => key.SignsFrom);
        return due is null || due == Active ? this : Activate(due.Kid);
    }

    /// <summary>
    /// The set with a new key that signs from a later time on, for processes that each load the set by themselves. Keys go of which no token can be in use.
    /// </summary>
    /// <param name="now">Now.</param>
    /// <param name="signsFrom">When every process will have loaded it.</param>
    /// <param name="tokenValidity">The longest that a token may be valid.</param>
    /// <exception cref="InvalidOperationException">The set is full of keys whose tokens may be in use.</exception>
    public SigningKeySet Announce(DateTimeOffset now, DateTimeOffset signsFrom, TimeSpan tokenValidity) =>
        At(now).WithoutSpent(now, tokenValidity).Add(SigningKey.Create(now, signsFrom));

    /// <summary>The set with another active key.</summary>
    /// <exception cref="InvalidOperationException">There is no such key.</exception>
    public SigningKeySet Activate(string kid) => new(Keys, Require(kid).Kid);

    /// <summary>The set without a key: tokens that it signed are invalid from then on.</summary>
    /// <exception cref="InvalidOperationException">There is no such key, or it is the active one.</exception>
    public SigningKeySet Remove(string kid)
    {
        var key = Require(kid);
        return key != Active
            ? new SigningKeySet(Keys.Remove(key), Active.Kid)
            : throw new InvalidOperationException($"key {kid} is the active one; activate another first");
    }

    /// <summary>
    /// The set with a new key that signs from now on, for an endpoint of one process, where no other has to load it first. Keys go of which no token
    /// can be in use: they have not signed since the next one was made.
    /// </summary>
    /// <param name="now">Now.</param>
    /// <param name="tokenValidity">The longest that a token may be valid.</param>
    /// <exception cref="InvalidOperationException">The set is full of keys whose tokens may be in use.</exception>
    public SigningKeySet Rotate(DateTimeOffset now, TimeSpan tokenValidity)
    {
        var next = WithoutSpent(now, tokenValidity).Add(now);
        return next.Activate(next.Keys[^1].Kid);
    }

    /// <summary>The key whose tokens have that header.</summary>
    internal SigningKey? FindByHeader(ReadOnlySpan<char> header) =>
        byHeader.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(header, out var key) ? key : null;

    private SigningKeySet Add(SigningKey key) => Keys.Length < MaxKeys
        ? new SigningKeySet(Keys.Add(key), Active.Kid)
        : throw new InvalidOperationException($"a key set has at most {MaxKeys} keys; remove one that is no longer in use first");

    private SigningKeySet WithoutSpent(DateTimeOffset now, TimeSpan tokenValidity) => Keys.Zip(Keys.Skip(1))
        .Where(pair => pair.First != Active && (pair.Second.SignsFrom ?? pair.Second.CreatedAt) + tokenValidity < now)
        .Aggregate(this, (left, pair) => left.Remove(pair.First.Kid));

    private SigningKey Require(string kid) =>
        Keys.FirstOrDefault(key => string.Equals(key.Kid, kid, StringComparison.Ordinal))
        ?? throw new InvalidOperationException($"there is no key {kid}");
}
