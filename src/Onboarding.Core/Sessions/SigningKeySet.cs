using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Onboarding.Core.Sessions;

/// <summary>
/// The keys of an endpoint, immutable: one is active and signs, every one verifies. A new key is added first and activated
/// once every process has loaded it; an old one is taken out when the last token it signed has expired.
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
    public SigningKeySet Add(DateTimeOffset now) => Keys.Length < MaxKeys
        ? new SigningKeySet(Keys.Add(SigningKey.Create(now)), Active.Kid)
        : throw new InvalidOperationException($"a key set has at most {MaxKeys} keys; remove one that is no longer in use first");

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
        var spent = Keys.Zip(Keys.Skip(1))
            .Where(pair => pair.First != Active && pair.Second.CreatedAt + tokenValidity < now)
            .Select(pair => pair.First.Kid);
        var next = spent.Aggregate(this, (left, kid) => left.Remove(kid)).Add(now);
        return next.Activate(next.Keys[^1].Kid);
    }

    /// <summary>The key whose tokens have that header.</summary>
    internal SigningKey? FindByHeader(ReadOnlySpan<char> header) =>
        byHeader.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(header, out var key) ? key : null;

    private SigningKey Require(string kid) =>
        Keys.FirstOrDefault(key => string.Equals(key.Kid, kid, StringComparison.Ordinal))
        ?? throw new InvalidOperationException($"there is no key {kid}");
}
