namespace Onboarding.TestKit.Aws;

/// <summary>An ECS task.</summary>
/// <param name="Id">32 hex digits.</param>
public sealed record SimulatedTask(string Id)
{
    /// <summary>The account.</summary>
    public string Account { get; init; } = "123456789012";

    /// <summary>The region.</summary>
    public string Region { get; init; } = "us-east-2";

    /// <summary>The zone.</summary>
    public string Zone { get; init; } = "us-east-2b";

    /// <summary>The partition.</summary>
    public string Partition { get; init; } = "aws";

    /// <summary>The cluster's name.</summary>
    public string Cluster { get; init; } = "production";

    /// <summary>The task's role.</summary>
    public string Role { get; init; } = "ratings-task";

    /// <summary>How its containers are connected.</summary>
    public string NetworkMode { get; init; } = "awsvpc";

    /// <summary>The address of its network interface.</summary>
    public string Address { get; init; } = "10.0.2.106";

    /// <summary>Its ARN.</summary>
    public string Arn => $"arn:{Partition}:ecs:{Region}:{Account}:task/{Cluster}/{Id}";
}
