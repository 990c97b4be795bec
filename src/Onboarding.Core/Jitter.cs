namespace Onboarding.Core;

/// <summary>Chance in times, so that a fleet does not come back in step.</summary>
internal static class Jitter
{
    /// <summary>A span ±10 %.</summary>
    public static TimeSpan TenPercent(TimeSpan span) => span * (0.9 + (Random.Shared.NextDouble() * 0.2));
}
