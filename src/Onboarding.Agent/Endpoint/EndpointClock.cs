using Microsoft.Extensions.Logging;

namespace Onboarding.Agent.Endpoint;

/// <summary>
/// The endpoint's time: the <c>Date</c> of its last answer, and what a monotonic clock has counted since. The machine's own clock may be wrong
/// or be set while the agent runs; neither changes when a token is renewed.
/// </summary>
internal sealed partial class EndpointClock(TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(30);
    private readonly Lock gate = new();
    private DateTimeOffset? date;
    private long observed;
    private bool warned;

    /// <summary>The endpoint's time now; before its first answer, the machine's.</summary>
    public DateTimeOffset Now
    {
        get
        {
            lock (gate)
            {
                return date is { } last ? last + time.GetElapsedTime(observed) : time.GetUtcNow();
            }
        }
    }

    /// <summary>Takes over the <c>Date</c> of an answer. One that no endpoint of this century sends is ignored.</summary>
    public void Observe(DateTimeOffset? answered)
    {
        if (answered is not { Year: >= 2000 and < 2200 } said)
        {
            return;
        }

        bool warn;
        var difference = said - time.GetUtcNow();
        lock (gate)
        {
            date = said;
            observed = time.GetTimestamp();
            warn = difference.Duration() > Tolerance && !warned;
            warned = difference.Duration() > Tolerance;
        }

        if (warn)
        {
            ClockIsOff(logger, difference.TotalSeconds);
        }
    }

    [LoggerMessage(1201, LogLevel.Warning, "This machine's clock differs from the endpoint's by {Seconds:F0} s; the sidecar's certificates need it right: check its time service")]
    private static partial void ClockIsOff(ILogger logger, double seconds);
}
