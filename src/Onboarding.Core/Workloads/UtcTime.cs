namespace Onboarding.Core.Workloads;

/// <summary>Times of a workload in half the memory: UTC, without an offset; no time is <c>default</c>.</summary>
internal static class UtcTime
{
    /// <summary>As it is kept.</summary>
    public static DateTime Of(DateTimeOffset time) => time.UtcDateTime;

    /// <inheritdoc cref="Of(DateTimeOffset)"/>
    public static DateTime Of(DateTimeOffset? time) => time?.UtcDateTime ?? default;

    /// <summary>As it was given.</summary>
    public static DateTimeOffset ToOffset(this DateTime kept) => new(kept.Ticks, TimeSpan.Zero);

    /// <summary>As it was given; null: there is none.</summary>
    public static DateTimeOffset? ToOffsetOrNull(this DateTime kept) => kept == default ? null : kept.ToOffset();
}
