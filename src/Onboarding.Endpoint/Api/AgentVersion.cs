namespace Onboarding.Endpoint.Api;

/// <summary>Which agents are served: those of this minor release and of the two before it, and newer ones.</summary>
internal static class AgentVersion
{
    private const string Product = "onboarding-agent/";
    private const int OlderMinorReleases = 2;

    /// <summary>The oldest agent release that is served.</summary>
    public static Version Oldest { get; } = OldestServedBy(typeof(AgentVersion).Assembly.GetName().Version!);

    /// <summary>The oldest agent release that an endpoint's release serves.</summary>
    public static Version OldestServedBy(Version endpoint) => new(endpoint.Major, Math.Max(0, endpoint.Minor - OlderMinorReleases), 0);

    /// <summary>Whether a User-Agent is that of an agent older than a release. What is no agent of ours is not judged by its name.</summary>
    public static bool IsTooOld(string? userAgent, Version oldest)
    {
        if (userAgent is null || !userAgent.StartsWith(Product, StringComparison.Ordinal))
        {
            return false;
        }

        var text = userAgent.AsSpan(Product.Length);
        var end = text.IndexOfAny(" -+");
        return !Version.TryParse(end < 0 ? text : text[..end], out var version) || version < oldest;
    }
}
