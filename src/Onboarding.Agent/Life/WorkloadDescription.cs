using Onboarding.Agent.Sidecar;
using Onboarding.Protocol;

namespace Onboarding.Agent.Life;

/// <summary>What this VM's configuration says of its workload.</summary>
/// <param name="Group">The group to join.</param>
/// <param name="Labels">Labels of its own.</param>
/// <param name="ConnectedOver">Which of its addresses the mesh uses.</param>
/// <param name="Istio">The installed sidecar.</param>
internal sealed record WorkloadDescription(
    WorkloadGroupReference Group,
    IReadOnlyDictionary<string, string> Labels,
    AddressType ConnectedOver,
    IstioRelease Istio);
