using System.Collections.Concurrent;

namespace Onboarding.Endpoint.Api.Limits;

/// <summary>
/// Token buckets by key, one number for each (the generic cell rate algorithm: the time at which the bucket will be full again).
/// PartitionedRateLimiter would visit the bucket of every key ten times a second, and knows no clock but the machine's.
/// </summary>
internal sealed class RateTable(RateLimit limit, TimeProvider time)
{
    private const int SmallestSweep = 1024;

    private readonly ConcurrentDictionary<string, long> fullAt = new(StringComparer.Ordinal);
    private readonly long interval = limit.Interval.Ticks;
    private readonly long capacity = limit.Interval.Ticks * limit.Burst;
    private int sweepAt = SmallestSweep;

    // The dictionary's own count takes all its locks.
    private int count;

    /// <summary>Keys whose buckets are remembered.</summary>
    public int Count => Volatile.Read(ref count);

    /// <summary>Takes one from a key's bucket.</summary>
    /// <returns>Null when there was one, else when there will be.</returns>
    public TimeSpan? TryTake(string key)
    {
        var now = time.GetUtcNow().UtcTicks;
        while (true)
        {
            var isKnown = fullAt.TryGetValue(key, out var before);
            var after = Math.Max(before, now) + interval;
            if (after - now > capacity)
            {
                return TimeSpan.FromTicks(after - now - capacity);
            }

            if (isKnown && fullAt.TryUpdate(key, after, before))
            {
                return null;
            }

            if (!isKnown && fullAt.TryAdd(key, after))
            {
                Sweep(now, Interlocked.Increment(ref count));
                return null;
            }
        }
    }

    /// <summary>When a key's bucket will hold one; null: it does.</summary>
    public TimeSpan? WaitOf(string key)
    {
        var now = time.GetUtcNow().UtcTicks;
        var wait = fullAt.TryGetValue(key, out var full) ? full - now + interval - capacity : 0;
        return wait > 0 ? TimeSpan.FromTicks(wait) : null;
    }

    /// <summary>A full bucket need not be remembered. Each sweep costs what was added since the last, so that keys cost memory only while they are busy.</summary>
    private void Sweep(long now, int known)
    {
        var threshold = Volatile.Read(ref sweepAt);
        if (known < threshold || Interlocked.CompareExchange(ref sweepAt, int.MaxValue, threshold) != threshold)
        {
            return;
        }

        foreach (var pair in fullAt)
        {
            if (pair.Value <= now && fullAt.TryRemove(pair))
            {
                Interlocked.Decrement(ref count);
            }
        }

        Volatile.Write(ref sweepAt, Math.Max(SmallestSweep, Count * 2));
    }
}
