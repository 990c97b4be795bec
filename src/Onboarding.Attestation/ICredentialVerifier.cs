using Onboarding.Core;
using Onboarding.Core.Identity;
using Onboarding.Protocol;

namespace Onboarding.Attestation;

/// <summary>Verifies credentials of one kind: a short pipeline of named checks.</summary>
public interface ICredentialVerifier : ICredentialKind
{
    /// <summary>The identity that a credential proves; a refusal is <c>credential_rejected</c>, or <c>unavailable</c> when there is no verdict now.</summary>
    ValueTask<Outcome<AttestedIdentity>> VerifyAsync(Credential credential, AttestationRequest request, CancellationToken cancellationToken);
}

/// <summary>What a credential was shown for.</summary>
/// <param name="Group">The group to join.</param>
/// <param name="InstanceId">The agent's instanceId.</param>
/// <param name="KeyThumbprint">RFC 7638 thumbprint of the session's key.</param>
/// <param name="EndpointHost">The name by which the client says it reached us; null: it named none. It chooses among our own names and proves nothing.</param>
public sealed record AttestationRequest(WorkloadGroupReference Group, string InstanceId, string KeyThumbprint, string? EndpointHost = null);
