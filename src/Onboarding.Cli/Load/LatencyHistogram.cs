namespace Onboarding.Cli.Load;

/// <summary>Durations in buckets whose width is 1/64 of their size: percentiles are right to 1.6 %, in memory that does not grow.</summary>
internal sealed class LatencyHistogram
{
    private const int SubBits = 6;
    private const int Sub = 1 << SubBits;

    // Microseconds below 2^40: twelve days.
    private readonly long[] buckets = new long[Sub * 36];
    private long longest;

    /// <summary>How many were recorded.</summary>
    public long Count { get; private set; }

    /// <summary>The longest, exactly.</summary>
    public TimeSpan Longest => TimeSpan.FromMicroseconds(longest);

    /// <summary>Records one; negative ones as zero.</summary>
    public void Record(TimeSpan duration)
    {
        var microseconds = Math.Max(0, (long)duration.TotalMicroseconds);
        longest = Math.Max(longest, microseconds);
        buckets[Math.Min(IndexOf(microseconds), buckets.Length - 1)]++;
        Count++;
    }

    /// <summary>The shortest duration that <paramref name="share"/> of all do not exceed, rounded up to its bucket; zero when there are none.</summary>
    public TimeSpan Percentile(double share)
    {
        var wanted = (long)Math.Ceiling(Count * share);
        var seen = 0L;
        for (var index = 0; index < buckets.Length && Count > 0; index++)
        {
            seen += buckets[index];
            if (seen >= wanted)
            {
                return TimeSpan.FromMicroseconds(Math.Min(UpperOf(index), longest));
            }
        }

        return TimeSpan.Zero;
    }

    private static int IndexOf(long value)
    {
        var shift = Math.Max(0, 64 - SubBits - 1 - System.Numerics.BitOperations.LeadingZeroCount((ulong)value));
        return (shift << SubBits) + (int)(value >> shift);
    }

    private static long UpperOf(int index)
    {
        var shift = Math.Max(0, (index >> SubBits) - 1);
        return ((long)(index - (shift << SubBits) + 1) << shift) - 1;
    }
}
