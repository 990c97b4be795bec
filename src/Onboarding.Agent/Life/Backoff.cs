namespace Onboarding.Agent.Life;

/// <summary>Growing pauses between tries: exponential with full jitter, so that a fleet does not return in step.</summary>
/// <param name="random">The jitter.</param>
/// <param name="initial">Upper bound of the first pause; 1 s unless given.</param>
/// <param name="most">Upper bound of all; 60 s unless given.</param>
internal sealed class Backoff(Random random, TimeSpan? initial = null, TimeSpan? most = null)
{
    private readonly TimeSpan first = initial ?? TimeSpan.FromSeconds(1);
    private readonly TimeSpan limit = most ?? TimeSpan.FromSeconds(60);
    private int failures;

    /// <summary>The next pause, never under a tenth of the first one's bound, and not before what the other side asked for.</summary>
    public TimeSpan Next(TimeSpan? retryAfter = null)
    {
        var bound = first * Math.Pow(2, Math.Min(failures++, 30));
        var pause = (bound < limit ? bound : limit) * random.NextDouble();
        var least = first * 0.1;
        pause = pause > least ? pause : least;
        return retryAfter > pause ? retryAfter.Value + (first * random.NextDouble()) : pause;
    }

    /// <summary>It went well: begin anew.</summary>
    public void Reset() => failures = 0;
}
