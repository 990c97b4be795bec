namespace Onboarding.Attestation.Oidc.Keys;

/// <summary>An issuer's keys at a time, immutable.</summary>
internal sealed class KeySet
{
    private readonly KeySetEntry[] entries;
    private readonly Dictionary<string, KeySetEntry[]> byId;

    public KeySet(IEnumerable<KeySetEntry> entries)
    {
        this.entries = [.. entries];
        byId = this.entries.Where(entry => entry.KeyId is not null)
            .GroupBy(entry => entry.KeyId!, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.ToArray(), StringComparer.Ordinal);
    }

    /// <summary>The one key for a token; or why there is none; or neither: no key has that id.</summary>
    public KeyMatch Find(string? keyId, JwtAlgorithm algorithm)
    {
        if (keyId is null)
        {
            return One(entries, algorithm, "the token has no kid, and not exactly one of the issuer's keys fits");
        }

        return byId.TryGetValue(keyId, out var candidates)
            ? One(candidates, algorithm, candidates[0].Fault ?? "not exactly one key with that kid fits the algorithm")
            : default;
    }

    private static KeyMatch One(KeySetEntry[] candidates, JwtAlgorithm algorithm, string otherwise)
    {
        VerificationKey? only = null;
        foreach (var candidate in candidates)
        {
            if (candidate.Key?.Fits(algorithm) == true)
            {
                if (only is not null)
                {
                    return new KeyMatch(null, otherwise);
                }

                only = candidate.Key;
            }
        }

        return only is null ? new KeyMatch(null, otherwise) : new KeyMatch(only, null);
    }
}

/// <summary>A key of a set; exactly one of <paramref name="Key"/> and <paramref name="Fault"/> is present.</summary>
/// <param name="KeyId">Its id, where it has one.</param>
/// <param name="Key">The key, when it may verify signatures.</param>
/// <param name="Fault">Why it may not.</param>
internal sealed record KeySetEntry(string? KeyId, VerificationKey? Key, string? Fault);

/// <summary>What a key set says of a token.</summary>
/// <param name="Key">The key.</param>
/// <param name="Fault">Why none of the set's may verify it. Neither: the set does not know the id.</param>
internal readonly record struct KeyMatch(VerificationKey? Key, string? Fault);
