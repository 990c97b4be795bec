using System.Collections.Concurrent;

namespace Onboarding.SimulatedAws.Storm;

/// <summary>What came of the attempts.</summary>
internal sealed class StormTally
{
    private readonly ConcurrentDictionary<string, int> failures = new(StringComparer.Ordinal);
    private readonly ConcurrentBag<TimeSpan> waits = [];

    /// <summary>How many have joined.</summary>
    public int Joined => waits.Count;

    /// <summary>Failed attempts, by what was answered.</summary>
    public IReadOnlyDictionary<string, int> Failures => failures;

    /// <summary>An agent has joined.</summary>
    /// <param name="wait">Since its own first attempt.</param>
    public void CountJoined(TimeSpan wait) => waits.Add(wait);

    /// <summary>An attempt failed.</summary>
    public void CountFailure(string reason) => failures.AddOrUpdate(reason, 1, (_, count) => count + 1);

    /// <summary>How long that share of the agents waited at most, from their own first attempt.</summary>
    public TimeSpan Percentile(double share)
    {
        var sorted = waits.Order().ToArray();
        return sorted.Length == 0 ? TimeSpan.Zero : sorted[(int)Math.Ceiling(share * sorted.Length) - 1];
    }
}
