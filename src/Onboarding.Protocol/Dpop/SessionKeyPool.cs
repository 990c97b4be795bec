using System.Security.Cryptography;

namespace Onboarding.Protocol.Dpop;

/// <summary>
/// Session keys that were imported lately. To import one costs more than to verify with it, and an agent that joins proves its own three times in a row.
/// Bounded: a key takes the place of whichever had it. What is kept is a public key as it stands in every proof; it vouches for nothing.
/// </summary>
public sealed class SessionKeyPool : IDisposable
{
    /// <summary>Most keys that are kept; each takes some 2 KiB.</summary>
    public const int Capacity = 1024;

    private readonly Imported?[] places = new Imported?[Capacity];

    /// <inheritdoc/>
    public void Dispose()
    {
        for (var place = 0; place < places.Length; place++)
        {
            Interlocked.Exchange(ref places[place], null)?.Key.Dispose();
        }
    }

    /// <summary>Takes a key for the caller's use alone; null when it is not a valid P-256 key.</summary>
    internal ECDsa? Rent(SessionKey key)
    {
        var kept = Interlocked.Exchange(ref PlaceOf(key), null);
        if (kept?.Of == key)
        {
            return kept.Key;
        }

        kept?.Key.Dispose();
        return key.TryImport();
    }

    /// <summary>Gives it back.</summary>
    internal void Return(SessionKey key, ECDsa imported) =>
        Interlocked.Exchange(ref PlaceOf(key), new Imported(key, imported))?.Key.Dispose();

    private ref Imported? PlaceOf(SessionKey key) => ref places[(uint)key.X.GetHashCode(StringComparison.Ordinal) % Capacity];

    private sealed record Imported(SessionKey Of, ECDsa Key);
}
