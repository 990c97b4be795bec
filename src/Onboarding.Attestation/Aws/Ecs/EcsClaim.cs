using Onboarding.Attestation.Aws.Proofs;
using Onboarding.Core;
using Onboarding.Core.Identity;
using Onboarding.Protocol.Aws;

namespace Onboarding.Attestation.Aws.Ecs;

/// <summary>A task in its own words.</summary>
internal sealed class EcsClaim(AwsEcsCredential credential, EcsTaskArn arn, AwsRegion region, AttestationRequest request, StsProver prover, TimeProvider time) : IClaim
{
    private readonly ProofContext context = new(request, credential.Nonce, region, arn.Account);

    /// <inheritdoc/>
    public AwsIdentity Identity => ToIdentity(role: null);

    /// <inheritdoc/>
    public async ValueTask<Outcome<AttestedIdentity>> ProveAsync(bool withRole, CancellationToken cancellationToken)
    {
        var signer = await prover.AskAsync("taskProof", credential.TaskProof, context, cancellationToken);
        return !signer.IsGranted ? signer.Refusal
            : AssumedRole.Read(signer.Value, region.Partition, arn.Account, arn.TaskId) is { } role ? Attest(role)
            : AwsRefusal.Rejected("taskProof", "it is not signed with a role of the task in taskArn");
    }

    private AwsIdentity ToIdentity(IamRole? role) => new(region.Partition, arn.Account, region.Name, credential.Task.Zone, Ecs: new EcsTask(arn.Cluster, arn.TaskId, role));

    private AttestedIdentity Attest(IamRole role)
    {
        var now = time.GetUtcNow();
        return new AttestedIdentity(ToIdentity(role), credential.Kind, CredentialHash.Of(credential), now, now + AwsLimits.ProofLifetime)
        {
            Nonce = credential.Nonce,
            ProvesMachine = true,
        };
    }
}
