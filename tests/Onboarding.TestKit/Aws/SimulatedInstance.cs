namespace Onboarding.TestKit.Aws;

/// <summary>An EC2 instance.</summary>
/// <param name="Id">E.g. <c>i-1234567890abcdef0</c>.</param>
public sealed record SimulatedInstance(string Id)
{
    /// <summary>The account.</summary>
    public string Account { get; init; } = "123456789012";

    /// <summary>The region.</summary>
    public string Region { get; init; } = "us-east-2";

    /// <summary>The zone.</summary>
    public string Zone { get; init; } = "us-east-2b";

    /// <summary>The partition.</summary>
    public string Partition { get; init; } = "aws";

    /// <summary>The private address.</summary>
    public string PrivateIp { get; init; } = "10.0.0.209";

    /// <summary>The public address, if any.</summary>
    public string? PublicIp { get; init; }

    /// <summary>The IPv6 address, if any.</summary>
    public string? Ipv6 { get; init; }

    /// <summary>The role of its instance profile; null: it has no profile.</summary>
    public string? Role { get; init; }
}
