namespace Onboarding.Protocol.Aws;

/// <summary>What an ECS task says of itself, from the task metadata endpoint (version 4). Cluster, region and zone stay its own words.</summary>
/// <param name="Cluster">The cluster's short name, as the task's ARN has it.</param>
/// <param name="TaskArn"><c>arn:&lt;partition&gt;:ecs:&lt;region&gt;:&lt;account&gt;:task/&lt;cluster&gt;/&lt;task id&gt;</c>.</param>
/// <param name="Zone">Availability zone; begins with the region.</param>
public sealed record EcsTaskClaim(string Cluster, string TaskArn, string Zone);
