using Onboarding.Protocol.Aws;

namespace Onboarding.TestKit.Aws;

/// <summary>Makes the credentials of machines at AWS, honest ones or not.</summary>
/// <param name="iam">Gives out the machines' credentials.</param>
/// <param name="signer">Signs identity documents.</param>
/// <param name="time">The clock of the machines.</param>
public sealed class AwsMint(SimulatedIam iam, RegionSigner signer, TimeProvider time)
{
    /// <summary>The document of an instance, signed.</summary>
    public string Document(SimulatedInstance instance) => signer.Sign(IdentityDocument.Of(instance));

    /// <summary>A request to STS, signed with somebody's credentials for some binding.</summary>
    public StsProof Prove(TemporaryCredentials credentials, string region, SessionBinding binding)
    {
        ArgumentNullException.ThrowIfNull(credentials);
        ArgumentNullException.ThrowIfNull(binding);
        if (!AwsRegion.TryParse(region, out var at))
        {
            throw new ArgumentException("is no region", nameof(region));
        }

        var date = StsSigner.Date(time.GetUtcNow());
        return new StsProof(region, date, credentials.AccessKeyId, credentials.SessionToken, StsSigner.Sign(credentials, at.StsHost, region, date, binding.Compute()));
    }

    /// <summary>What an instance shows: its document, its identity role, and its profile's role where it has one.</summary>
    public AwsEc2Credential Show(SimulatedInstance instance, SessionBinding binding)
    {
        ArgumentNullException.ThrowIfNull(instance);
        ArgumentNullException.ThrowIfNull(binding);
        var identity = iam.InstanceIdentity(instance.Account, instance.Id, instance.Partition);
        var role = instance.Role is null ? null : iam.InstanceProfile(instance.Account, instance.Role, instance.Id, instance.Partition);
        return new AwsEc2Credential(
            binding.Nonce,
            Document(instance),
            Prove(identity, instance.Region, binding),
            role is null ? null : Prove(role, instance.Region, binding));
    }

    /// <summary>What a task shows.</summary>
    public AwsEcsCredential Show(SimulatedTask task, SessionBinding binding)
    {
        ArgumentNullException.ThrowIfNull(task);
        ArgumentNullException.ThrowIfNull(binding);
        var role = iam.TaskRole(task.Account, task.Role, task.Id, task.Partition);
        return new AwsEcsCredential(binding.Nonce, Prove(role, task.Region, binding), new EcsTaskClaim(task.Cluster, task.Arn, task.Zone));
    }
}
