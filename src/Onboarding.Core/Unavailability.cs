using Onboarding.Protocol;

namespace Onboarding.Core;

/// <summary>The refusal of what cannot be decided now.</summary>
internal static class Unavailability
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);

    /// <summary><c>unavailable</c>, to be asked again in a second.</summary>
    public static Refusal Because(string reason) => new(ProblemCodes.Unavailable, reason, RetryAfter: Soon);
}
