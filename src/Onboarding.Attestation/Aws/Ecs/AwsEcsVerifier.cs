using Onboarding.Attestation.Aws.Proofs;
using Onboarding.Attestation.Aws.Trust;
using Onboarding.Core;
using Onboarding.Protocol;
using Onboarding.Protocol.Aws;

namespace Onboarding.Attestation.Aws.Ecs;

/// <summary>Verifies ECS tasks: what a task says of itself must agree with itself; its role's session then proves partition, account, role and task id.</summary>
internal sealed class AwsEcsVerifier(TrustBundleSource trust, StsProver prover, TimeProvider time) : IClaimVerifier
{
    /// <inheritdoc/>
    public string Kind => AwsEcsCredential.KindName;

    /// <inheritdoc/>
    public bool IsEnabled => trust.Bundle is not null;

    /// <inheritdoc/>
    public Outcome<IClaim> Examine(Credential credential, AttestationRequest request)
    {
        if (credential is not AwsEcsCredential ecs)
        {
            return AwsRefusal.Rejected("credential", "it is not of an ECS task");
        }

        if (!trust.TryFind(ecs.TaskProof.Region, out var region))
        {
            return AwsRefusal.Rejected("taskProof", "its region is not in the trust bundle");
        }

        if (StsProofForm.FindFault(ecs.TaskProof, region) is { } fault)
        {
            return AwsRefusal.Rejected("taskProof", fault);
        }

        return EcsTaskArn.Read(ecs.Task.TaskArn) is not { } arn ? AwsRefusal.Rejected("task", "taskArn is not the long ARN of a task")
            : arn.Partition != region.Partition || arn.Region != region.Name ? AwsRefusal.Rejected("task", "taskArn is of another partition or region than the proof")
            : arn.Cluster != ecs.Task.Cluster ? AwsRefusal.Rejected("task", "taskArn is of another cluster")
            : !AwsForms.IsZoneOf(ecs.Task.Zone, region) ? AwsRefusal.Rejected("task", "zone is not one of the region")
            : new EcsClaim(ecs, arn, region, request, prover, time);
    }
}
