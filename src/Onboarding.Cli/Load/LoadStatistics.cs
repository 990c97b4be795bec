using Onboarding.Client;

namespace Onboarding.Cli.Load;

/// <summary>
/// What was measured. A call's latency counts from when it was meant to start, not from when there was room for it:
/// an endpoint that stalls makes everything behind it late, and a client that waits politely would hide that (coordinated omission).
/// </summary>
internal sealed class LoadStatistics(TimeProvider time)
{
    private static readonly TimeSpan LateAfter = TimeSpan.FromSeconds(1);
    private readonly Lock gate = new();
    private readonly SortedDictionary<LoadCall, CallFigures> calls = [];
    private int joined;

    /// <summary>How many are registered and have their bundle.</summary>
    public int Joined => Volatile.Read(ref joined);

    /// <summary>The time, for intended starts.</summary>
    public long Now => time.GetTimestamp();

    /// <summary>The figures of each kind of call.</summary>
    public IReadOnlyDictionary<LoadCall, CallFigures> Calls => calls;

    /// <summary>All answers so far.</summary>
    public long Answers { get { lock (gate) { return calls.Values.Sum(call => call.Latency.Count); } } }

    public void CountJoined(int change) => Interlocked.Add(ref joined, change);

    /// <summary>Makes a call and records it; null: there was no answer.</summary>
    public async Task<ApiReply<T>?> MeasureAsync<T>(LoadCall call, long intended, Func<Task<ApiReply<T>>> send)
        where T : class
    {
        var lag = time.GetElapsedTime(intended);
        try
        {
            var reply = await send();
            Record(call, intended, lag, reply.Problem?.Code);
            return reply;
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or TaskCanceledException or System.Text.Json.JsonException)
        {
            Record(call, intended, lag, failure is TaskCanceledException ? "timeout" : "no_answer");
            return null;
        }
    }

    private void Record(LoadCall call, long intended, TimeSpan lag, string? code)
    {
        var latency = time.GetElapsedTime(intended);
        lock (gate)
        {
            if (!calls.TryGetValue(call, out var figures))
            {
                calls[call] = figures = new CallFigures();
            }

            figures.Latency.Record(latency);
            figures.LongestLag = lag > figures.LongestLag ? lag : figures.LongestLag;
            figures.Late += lag > LateAfter ? 1 : 0;
            if (code is not null)
            {
                figures.Codes[code] = figures.Codes.GetValueOrDefault(code) + 1;
            }
        }
    }
}

/// <summary>The calls of an agent, in the order of its life.</summary>
internal enum LoadCall
{
    Open,
    Register,
    Bootstrap,
    Heartbeat,
    Renew,
    Leave,
}

/// <summary>Figures of one kind of call.</summary>
internal sealed class CallFigures
{
    /// <summary>From the intended start to the answer.</summary>
    public LatencyHistogram Latency { get; } = new();

    /// <summary>The longest that a call waited in this process before it was sent.</summary>
    public TimeSpan LongestLag { get; set; }

    /// <summary>Calls that were sent more than a second late.</summary>
    public long Late { get; set; }

    /// <summary>Answers that were errors, by code.</summary>
    public SortedDictionary<string, long> Codes { get; } = new(StringComparer.Ordinal);
}
