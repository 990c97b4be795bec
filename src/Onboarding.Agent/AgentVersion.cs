namespace Onboarding.Agent;

/// <summary>This release.</summary>
internal static class AgentVersion
{
    public static string Current { get; } = typeof(AgentVersion).Assembly.GetName().Version?.ToString(3) ?? "0.0.0";
}
