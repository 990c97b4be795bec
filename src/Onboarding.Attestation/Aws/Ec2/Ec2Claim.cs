using Onboarding.Attestation.Aws.Documents;
using Onboarding.Attestation.Aws.Proofs;
using Onboarding.Core;
using Onboarding.Core.Identity;
using Onboarding.Protocol.Aws;

namespace Onboarding.Attestation.Aws.Ec2;

/// <summary>An instance whose document is genuine; that the document is its own, only STS can say.</summary>
internal sealed class Ec2Claim(AwsEc2Credential credential, InstanceDocument document, AttestationRequest request, StsProver prover, TimeProvider time) : IClaim
{
    // The role that AWS gives every instance and nobody can assume. A session of any other role is named as its caller likes.
    private const string InstanceRole = "aws:ec2-instance";

    private readonly ProofContext context = new(request, credential.Nonce, document.Region, document.Account);

    /// <inheritdoc/>
    public AwsIdentity Identity => document.Identity;

    /// <inheritdoc/>
    public async ValueTask<Outcome<AttestedIdentity>> ProveAsync(bool withRole, CancellationToken cancellationToken)
    {
        var instance = await prover.AskAsync("instanceProof", credential.InstanceProof, context, cancellationToken);
        if (!instance.IsGranted)
        {
            return instance.Refusal;
        }

        if (instance.Value != ExpectedInstance())
        {
            return AwsRefusal.Rejected("instanceProof", "it is not signed with the identity role of the document's instance");
        }

        if (!withRole || credential.RoleProof is not { } roleProof)
        {
            return Attest(role: null);
        }

        var signer = await prover.AskAsync("roleProof", roleProof, context, cancellationToken);
        return !signer.IsGranted ? signer.Refusal
            : AssumedRole.Read(signer.Value, document.Region.Partition, document.Account, document.InstanceId) is { } role ? Attest(role)
            : AwsRefusal.Rejected("roleProof", "it is not signed with a role of the document's instance");
    }

    private CallerIdentity ExpectedInstance() => new(
        document.Account,
        $"arn:{document.Region.Partition}:sts::{document.Account}:assumed-role/{InstanceRole}/{document.InstanceId}",
        $"{document.Account}:{InstanceRole}:{document.InstanceId}");

    private AttestedIdentity Attest(IamRole? role)
    {
        var now = time.GetUtcNow();
        var identity = document.Identity with { Ec2 = new Ec2Instance(document.InstanceId, role) };
        return new AttestedIdentity(identity, credential.Kind, CredentialHash.Of(credential), now, now + AwsLimits.ProofLifetime)
        {
            VerifiedAddresses = document.PrivateIp is { } address ? [address] : [],
            Nonce = credential.Nonce,
            ProvesMachine = true,
        };
    }
}
