using System.Collections.Concurrent;

namespace Onboarding.Endpoint.Api.Limits;

/// <summary>
/// Token buckets by key, one number for each (the generic cell rate algorithm: the time at which the bucket will be full again).
/// PartitionedRateLimiter would visit the bucket of every key ten times a second, and knows no clock but the machine's.
/// </summary>
internal sealed class RateTable(RateLimit limit, TimeProvider time)
{
    private const int SmallestSweep = 1024;
    private static readonly long ShortestPause = TimeSpan.FromMinutes(1).Ticks;

    private readonly ConcurrentDictionary<string, long> fullAt = new(StringComparer.Ordinal);
    private readonly long interval = limit.Interval.Ticks;
    private readonly long capacity = limit.Interval.Ticks * limit.Burst;
    private int sweepAt = SmallestSweep;
    private long sweepDue = time.GetUtcNow().UtcTicks + Math.Max(ShortestPause, limit.Interval.Ticks * limit.Burst);

    // The dictionary's own count takes all its locks.
    private int count;

    /// <summary>Keys whose buckets are remembered.</summary>
    public int Count => Volatile.Read(ref count);

    /// <summary>Takes one from a key's bucket.</summary>
    /// <returns>Null when there was one, else when there will be.</returns>
    public TimeSpan? TryTake(string key)
    {
        var now = time.GetUtcNow().UtcTicks;
        SweepInTime(now);
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
        SweepInTime(now);
        var wait = fullAt.TryGetValue(key, out var full) ? full - now + interval - capacity : 0;
        return wait > 0 ? TimeSpan.FromTicks(wait) : null;
    }

    // After that long every bucket that nobody has touched is full.
    private void SweepInTime(long now)
    {
        var due = Volatile.Read(ref sweepDue);
        if (now >= due && Interlocked.CompareExchange(ref sweepDue, now + Math.Max(ShortestPause, capacity), due) == due)
        {
            Sweep(now);
        }
    }

    // A flood of keys is not left until then. Each sweep costs what was added since the last.
    private void Sweep(long now, int known)
    {
        var threshold = Volatile.Read(ref sweepAt);
        if (known >= threshold && Interlocked.CompareExchange(ref sweepAt, int.MaxValue, threshold) == threshold)
        {
            Sweep(now);
        }
    }

    /// <summary>A full bucket need not be remembered, so keys cost memory only while they are busy.</summary>
    private void Sweep(long now)
    {
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
