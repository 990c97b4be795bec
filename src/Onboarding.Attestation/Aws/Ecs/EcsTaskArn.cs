using System.Text.RegularExpressions;

namespace Onboarding.Attestation.Aws.Ecs;

/// <summary>The ARN of an ECS task in its long form, the only one since 2021.</summary>
/// <param name="Partition">E.g. <c>aws</c>.</param>
/// <param name="Region">E.g. <c>us-east-2</c>.</param>
/// <param name="Account">12 digits.</param>
/// <param name="Cluster">The cluster's name.</param>
/// <param name="TaskId">32 hex digits.</param>
internal sealed partial record EcsTaskArn(string Partition, string Region, string Account, string Cluster, string TaskId)
{
    /// <summary>Reads an ARN; null: it is none.</summary>
    public static EcsTaskArn? Read(string text)
    {
        if (text.Length > AwsLimits.ArnLength || Form().Match(text) is not { Success: true, Groups: var groups })
        {
            return null;
        }

        return new EcsTaskArn(groups["partition"].Value, groups["region"].Value, groups["account"].Value, groups["cluster"].Value, groups["task"].Value);
    }

    [GeneratedRegex(
        @"\Aarn:(?<partition>[a-z-]+):ecs:(?<region>[a-z0-9-]+):(?<account>[0-9]{12}):task/(?<cluster>[A-Za-z0-9_-]{1,255})/(?<task>[0-9a-f]{32})\z",
        RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Form();
}
