using Onboarding.Core;
using Onboarding.Core.Identity;
using Onboarding.Protocol;

namespace Onboarding.Attestation;

/// <summary>
/// Verifies credentials whose last word is somebody else's: first what can be verified here, then, only if policy could allow it at all, by asking.
/// </summary>
public interface IClaimVerifier : ICredentialKind
{
    /// <summary>All that can be verified here; asks nobody. A refusal is <c>credential_rejected</c>.</summary>
    Outcome<IClaim> Examine(Credential credential, AttestationRequest request);
}

/// <summary>What a credential claims and has not proven. It is no identity: nothing may be granted on it but the question to whoever can prove it.</summary>
public interface IClaim
{
    /// <summary>Who it would be; its IAM role is not known.</summary>
    AwsIdentity Identity { get; }

    /// <summary>Asks. A refusal is <c>credential_rejected</c>, or <c>unavailable</c> or <c>rate_limited</c> when there is no verdict now.</summary>
    /// <param name="withRole">Whether the IAM role makes a difference, so that its proof, where there is one, is worth a question.</param>
    /// <param name="cancellationToken">Gives up.</param>
    ValueTask<Outcome<AttestedIdentity>> ProveAsync(bool withRole, CancellationToken cancellationToken);
}
