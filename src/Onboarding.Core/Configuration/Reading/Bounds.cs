namespace Onboarding.Core.Configuration.Reading;

/// <summary>Bounds of durations.</summary>
internal static class Bounds
{
    /// <summary>Where a duration must not be 0.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(1);

    /// <summary>Agents believe no shorter interval.</summary>
    public static readonly TimeSpan ShortestHeartbeat = TimeSpan.FromSeconds(5);

    /// <summary>Agents believe no longer interval.</summary>
    public static readonly TimeSpan LongestHeartbeat = TimeSpan.FromMinutes(10);

    /// <summary>Agents believe no longer delay.</summary>
    public static readonly TimeSpan LongestPropagationDelay = TimeSpan.FromSeconds(60);

    /// <summary>From here on, systemd and ECS may kill an agent while it waits.</summary>
    public static readonly TimeSpan LongPropagationDelay = TimeSpan.FromSeconds(15);
}
