namespace Onboarding.Core.Workloads;

/// <summary>The name of this process, for <c>status.activeAgentConnection.connectedTo</c>.</summary>
/// <param name="Value">E.g. the host's or the Pod's name.</param>
public sealed record InstanceName(string Value);
