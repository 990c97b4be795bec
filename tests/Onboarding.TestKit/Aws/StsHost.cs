namespace Onboarding.TestKit.Aws;

/// <summary>A regional host of STS.</summary>
/// <param name="Partition">E.g. <c>aws</c>.</param>
/// <param name="Region">E.g. <c>us-east-2</c>.</param>
internal sealed record StsHost(string Partition, string Region)
{
    private static readonly Dictionary<string, string> Partitions = new(StringComparer.Ordinal)
    {
        ["amazonaws.com"] = "aws",
        ["amazonaws.com.cn"] = "aws-cn",
        ["c2s.ic.gov"] = "aws-iso",
        ["sc2s.sgov.gov"] = "aws-iso-b",
        ["cloud.adc-e.uk"] = "aws-iso-e",
        ["csp.hci.ic.gov"] = "aws-iso-f",
        ["amazonaws.eu"] = "aws-eusc",
    };

    /// <summary>Reads <c>sts.&lt;region&gt;.&lt;suffix&gt;</c>, with or without the default port; null: no such host.</summary>
    public static StsHost? Parse(string? host)
    {
        if (host?.Replace(":443", "", StringComparison.Ordinal).Split('.', 3) is not ["sts", var region, var suffix] || !Partitions.TryGetValue(suffix, out var partition))
        {
            return null;
        }

        return new StsHost(region.StartsWith("us-gov-", StringComparison.Ordinal) ? "aws-us-gov" : partition, region);
    }
}
