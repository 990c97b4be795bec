namespace Onboarding.Agent.Endpoint;

/// <summary>Bounds on what an endpoint may ask for, so that a rude one can neither hurry nor park an agent.</summary>
internal static class ReplyBounds
{
    /// <summary>The largest boot bundle.</summary>
    public const int Bundle = 1 << 20;

    /// <summary>The largest of all other answers.</summary>
    public const int Reply = 64 << 10;

    /// <summary>The largest set of answer headers, in KiB.</summary>
    public const int HeadersKib = 16;

    /// <summary>How long one call may take, with its body.</summary>
    public static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(15);

    public static TimeSpan Heartbeat(TimeSpan asked) => Clamp(asked, TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(10));

    public static TimeSpan RetryAfter(TimeSpan asked) => Clamp(asked, TimeSpan.Zero, TimeSpan.FromMinutes(10));

    public static TimeSpan PropagationDelay(TimeSpan asked) => Clamp(asked, TimeSpan.Zero, TimeSpan.FromSeconds(60));

    /// <summary>When to renew a token of ours or the sidecar's: neither in a loop nor never.</summary>
    public static TimeSpan Renewal(TimeSpan asked) => Clamp(asked, TimeSpan.FromSeconds(10), TimeSpan.FromHours(12));

    private static TimeSpan Clamp(TimeSpan asked, TimeSpan least, TimeSpan most) => asked < least ? least : asked > most ? most : asked;
}
