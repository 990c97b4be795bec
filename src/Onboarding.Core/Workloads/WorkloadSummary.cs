using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Onboarding.Core.Identity;
using Onboarding.Core.Policy;
using Onboarding.Core.Resources;

namespace Onboarding.Core.Workloads;

/// <summary>A registered workload in one line.</summary>
/// <param name="Namespace">Its namespace.</param>
/// <param name="Name">Name of its registration.</param>
/// <param name="Group">Its WorkloadGroup.</param>
/// <param name="Connected">Whether its agent is connected.</param>
/// <param name="Address">Its published address.</param>
/// <param name="AgentVersion">Release of its agent.</param>
/// <param name="RegisteredAt">Since when it is registered.</param>
/// <param name="LastContact">When its agent was last heard of by this process.</param>
public sealed record WorkloadSummary(
    string Namespace,
    string Name,
    string Group,
    bool Connected,
    string Address,
    string AgentVersion,
    DateTimeOffset RegisteredAt,
    DateTimeOffset? LastContact)
{
    /// <summary>Why it is suspended; null: it is not.</summary>
    public string? Suspended { get; init; }

    /// <summary>Whether the brake holds its removal.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsRemovalHeld { get; init; }
}

/// <summary>All that is known of a registered workload.</summary>
/// <param name="Summary">In one line.</param>
/// <param name="Identity">Its identity.</param>
/// <param name="Conditions">Its conditions.</param>
/// <param name="Labels">The label set of its entry.</param>
/// <param name="Decision">By which policy it is allowed now.</param>
/// <param name="BootstrapRevision">Revision of its boot bundle.</param>
/// <param name="SidecarConfigRevision">Revision that its sidecar runs with.</param>
/// <param name="Sidecar">Name of the Sidecar resource that applies; null: none with ingress.</param>
public sealed record WorkloadDescription(
    WorkloadSummary Summary,
    WorkloadIdentity Identity,
    ImmutableArray<Condition> Conditions,
    ImmutableSortedDictionary<string, string> Labels,
    PolicyDecision Decision,
    string? BootstrapRevision,
    string? SidecarConfigRevision,
    string? Sidecar);
