namespace Onboarding.Core.Workloads;

/// <summary>Types of the conditions of a WorkloadAutoRegistration.</summary>
internal static class ConditionTypes
{
    public const string AgentConnected = nameof(AgentConnected);
    public const string WorkloadEntryReady = nameof(WorkloadEntryReady);
    public const string SidecarReady = nameof(SidecarReady);
    public const string SidecarConfigured = nameof(SidecarConfigured);
    public const string SidecarTokenReady = nameof(SidecarTokenReady);
    public const string BootstrapReady = nameof(BootstrapReady);
    public const string BootstrapFiltered = nameof(BootstrapFiltered);
    public const string IdentityContested = nameof(IdentityContested);
    public const string SelectedByAgentLabel = nameof(SelectedByAgentLabel);
}
