namespace Onboarding.Protocol;

/// <summary>Body of <c>POST /v1/sessions</c>.</summary>
/// <param name="Credential">What proves the VM's identity.</param>
/// <param name="WorkloadGroup">The group the workload wants to join.</param>
/// <param name="InstanceId">32 random bytes that the agent made once on this machine, base64url.</param>
/// <param name="Key">The public half of the session's key pair.</param>
public sealed record OpenSessionRequest(
    Credential Credential,
    WorkloadGroupReference WorkloadGroup,
    string InstanceId,
    SessionKey Key);
