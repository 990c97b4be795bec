using Onboarding.Protocol;
using Onboarding.Protocol.Dpop;

namespace Onboarding.Agent.Life;

/// <summary>All that a session is opened with.</summary>
/// <param name="Key">The session's key pair, made before the credential, which may be bound to it.</param>
/// <param name="InstanceId">The agent's instanceId.</param>
/// <param name="Credential">What proves the VM's identity.</param>
internal sealed record Candidacy(SessionKeyPair Key, string InstanceId, Credential Credential);
