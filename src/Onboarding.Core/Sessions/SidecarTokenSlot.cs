using Onboarding.Protocol;

namespace Onboarding.Core.Sessions;

/// <summary>Paces a session's sidecar tokens: one request in 10 min, in between the same token again.</summary>
/// <param name="Token">The last one.</param>
/// <param name="FreshUntil">Until when it is given again.</param>
/// <param name="RequestedUntil">While this lies ahead, somebody is fetching one.</param>
internal readonly record struct SidecarTokenSlot(SidecarTokenResponse? Token, DateTimeOffset FreshUntil, DateTimeOffset RequestedUntil)
{
    /// <summary>Least time between two requests.</summary>
    public static readonly TimeSpan Pace = TimeSpan.FromMinutes(10);

    /// <summary>How long a request may take before another is made.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
}
