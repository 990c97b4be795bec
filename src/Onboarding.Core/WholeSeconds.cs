namespace Onboarding.Core;

/// <summary>Times as JWTs have them.</summary>
internal static class WholeSeconds
{
    /// <summary>The time without the fraction of its second.</summary>
    public static DateTimeOffset ToWholeSeconds(this DateTimeOffset time) => DateTimeOffset.FromUnixTimeSeconds(time.ToUnixTimeSeconds());
}
