using Onboarding.Attestation.Aws.Documents;
using Onboarding.Attestation.Aws.Proofs;
using Onboarding.Attestation.Aws.Trust;
using Onboarding.Core;
using Onboarding.Protocol;
using Onboarding.Protocol.Aws;

namespace Onboarding.Attestation.Aws.Ec2;

/// <summary>Verifies EC2 instances: the document says which, the instance identity role proves that it is that one, now.</summary>
internal sealed class AwsEc2Verifier(TrustBundleSource trust, StsProver prover, TimeProvider time) : IClaimVerifier
{
    /// <inheritdoc/>
    public string Kind => AwsEc2Credential.KindName;

    /// <inheritdoc/>
    public bool IsEnabled => trust.Bundle is not null;

    /// <inheritdoc/>
    public Outcome<IClaim> Examine(Credential credential, AttestationRequest request)
    {
        if (credential is not AwsEc2Credential ec2 || trust.Bundle is not { } bundle)
        {
            return AwsRefusal.Rejected("credential", "it is not of an EC2 instance, or AWS is not configured");
        }

        if (!trust.TryFind(ec2.InstanceProof.Region, out var region))
        {
            return AwsRefusal.Rejected("instanceProof", "its region is not in the trust bundle");
        }

        if (StsProofForm.FindFault(ec2.InstanceProof, region) is { } instanceFault)
        {
            return AwsRefusal.Rejected("instanceProof", instanceFault);
        }

        if (ec2.RoleProof is { } roleProof && StsProofForm.FindFault(roleProof, region) is { } roleFault)
        {
            return AwsRefusal.Rejected("roleProof", roleFault);
        }

        var document = IdentityDocumentVerifier.Verify(ec2.IdentityDocument, bundle, time.GetUtcNow());
        return !document.IsGranted ? document.Refusal
            : document.Value.Region != region ? AwsRefusal.Rejected("instanceProof", "it is signed for another region than the document's")
            : new Ec2Claim(ec2, document.Value, request, prover, time);
    }
}
