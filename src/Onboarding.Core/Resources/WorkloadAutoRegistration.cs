using System.Collections.Immutable;
using Onboarding.Core.Identity;
using Onboarding.Protocol;

namespace Onboarding.Core.Resources;

/// <summary>A WorkloadAutoRegistration, <c>runtime.onboarding.tetrate.io/v1alpha1</c>: written by the control plane only.</summary>
/// <param name="Metadata">Its metadata.</param>
/// <param name="Group">Name of its WorkloadGroup, its owner.</param>
/// <param name="Identity"><c>spec.identity</c>.</param>
/// <param name="Registration"><c>spec.registration</c>.</param>
/// <param name="Conditions"><c>status.conditions</c>.</param>
/// <param name="ConnectedTo"><c>status.activeAgentConnection.connectedTo</c>; null: not connected.</param>
public sealed record WorkloadAutoRegistration(
    ObjectMeta Metadata,
    string Group,
    WorkloadIdentity Identity,
    Registration Registration,
    ImmutableArray<Condition> Conditions,
    string? ConnectedTo);

/// <summary>A condition of a status, as Kubernetes defines it.</summary>
/// <param name="Type">E.g. <c>AgentConnected</c>.</param>
/// <param name="Status"><c>True</c>, <c>False</c> or <c>Unknown</c>.</param>
/// <param name="Reason">One CamelCase word.</param>
/// <param name="Message">For people.</param>
/// <param name="LastTransitionTime">When <paramref name="Status"/> changed last.</param>
public sealed record Condition(string Type, string Status, string Reason, string Message, DateTimeOffset LastTransitionTime);
