using System.Collections.Frozen;
using Onboarding.Attestation;
using Onboarding.Core;
using Onboarding.Protocol;

namespace Onboarding.Endpoint.Api.Opening;

/// <summary>The credential proves an identity, to the verifier of its kind, or claims one that somebody else can prove later.</summary>
internal sealed class CredentialStep(IEnumerable<ICredentialVerifier> verifiers, IEnumerable<IClaimVerifier> claimVerifiers) : ISessionStep
{
    private readonly FrozenDictionary<string, IClaimVerifier> claimVerifiers =
        claimVerifiers.ToFrozenDictionary(verifier => verifier.Kind, StringComparer.Ordinal);

    private readonly FrozenDictionary<string, ICredentialVerifier> verifiers =
        verifiers.ToFrozenDictionary(verifier => verifier.Kind, StringComparer.Ordinal);

    /// <inheritdoc/>
    public async ValueTask<Refusal?> CheckAsync(SessionAttempt attempt, CancellationToken cancellationToken)
    {
        var request = attempt.Request;
        var target = new AttestationRequest(request.WorkloadGroup, request.InstanceId, attempt.KeyThumbprint!, attempt.Host);
        if (claimVerifiers.TryGetValue(request.Credential.Kind, out var examiner) && examiner.IsEnabled)
        {
            var examined = examiner.Examine(request.Credential, target);
            attempt.Claim = examined.Value;
            return examined.Refusal;
        }

        if (!verifiers.TryGetValue(request.Credential.Kind, out var verifier) || !verifier.IsEnabled)
        {
            return new Refusal(ProblemCodes.CredentialRejected, $"credentials of kind {request.Credential.Kind} are not accepted by the configuration");
        }

        var outcome = await verifier.VerifyAsync(request.Credential, target, cancellationToken);
        if (!outcome.IsGranted)
        {
            return outcome.Refusal;
        }

        attempt.Attested = outcome.Value;
        return outcome.Value.KeyThumbprint is { } bound && !string.Equals(bound, attempt.KeyThumbprint, StringComparison.Ordinal)
            ? new Refusal(ProblemCodes.CredentialRejected, "the credential is bound to another session key (cnf.jkt)")
            : null;
    }
}
