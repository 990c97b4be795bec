using System.Text.Json.Serialization;

namespace Onboarding.Agent.Metadata.Aws;

/// <summary>An ECS task, as the task metadata endpoint describes it; what is not needed is left out.</summary>
/// <param name="TaskArn"><c>arn:&lt;partition&gt;:ecs:&lt;region&gt;:&lt;account&gt;:task/&lt;cluster&gt;/&lt;task id&gt;</c>.</param>
/// <param name="AvailabilityZone">Its zone; not there in every kind of capacity.</param>
internal sealed record TaskDescription([property: JsonPropertyName("TaskARN")] string TaskArn, string? AvailabilityZone = null);

/// <summary>A container of a task.</summary>
/// <param name="Networks">Its networks.</param>
internal sealed record ContainerDescription(IReadOnlyList<ContainerNetwork>? Networks = null);

/// <summary>A network of a container.</summary>
/// <param name="NetworkMode"><c>awsvpc</c>, <c>bridge</c>, <c>host</c> or <c>none</c>.</param>
/// <param name="IPv4Addresses">Its IPv4 addresses.</param>
/// <param name="IPv6Addresses">Its IPv6 addresses.</param>
internal sealed record ContainerNetwork(string? NetworkMode = null, IReadOnlyList<string>? IPv4Addresses = null, IReadOnlyList<string>? IPv6Addresses = null);
