namespace Onboarding.Core.Identity;

/// <summary>The identity of a machine at AWS; exactly one of <paramref name="Ec2"/> and <paramref name="Ecs"/> is present.</summary>
/// <param name="Partition">E.g. <c>aws</c>, <c>aws-cn</c>, <c>aws-us-gov</c>.</param>
/// <param name="Account">12 digits.</param>
/// <param name="Region">E.g. <c>us-east-2</c>.</param>
/// <param name="Zone">Availability zone; begins with the region.</param>
/// <param name="Ec2">The EC2 instance.</param>
/// <param name="Ecs">The ECS task.</param>
public sealed record AwsIdentity(
    string Partition,
    string Account,
    string Region,
    string Zone,
    Ec2Instance? Ec2 = null,
    EcsTask? Ecs = null) : WorkloadIdentity
{
    /// <summary>The role of the instance or task; null: none, or not verified.</summary>
    public IamRole? IamRole => Ec2?.IamRole ?? Ecs?.IamRole;
}

/// <summary>An EC2 instance.</summary>
/// <param name="InstanceId"><c>i-</c> and 8 or 17 hex digits.</param>
/// <param name="IamRole">The role of its instance profile, where it was verified.</param>
public sealed record Ec2Instance(string InstanceId, IamRole? IamRole = null);

/// <summary>An ECS task.</summary>
/// <param name="Cluster">Name of its cluster, in its own words.</param>
/// <param name="TaskId">32 hex digits.</param>
/// <param name="IamRole">Its task role; null only before it was verified.</param>
public sealed record EcsTask(string Cluster, string TaskId, IamRole? IamRole);

/// <summary>An IAM role.</summary>
/// <param name="Name">Its name, without path.</param>
public sealed record IamRole(string Name);
