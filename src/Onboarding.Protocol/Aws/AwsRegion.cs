using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Onboarding.Protocol.Aws;

/// <summary>A region's partition and its Security Token Service; never the global one, whose answers no region vouches for.</summary>
/// <param name="Name">E.g. <c>us-east-2</c>.</param>
/// <param name="Partition">E.g. <c>aws</c>.</param>
/// <param name="StsHost">Host name of its STS, lower case: what a proof's <c>host</c> is.</param>
public sealed partial record AwsRegion(string Name, string Partition, string StsHost)
{
    private const string Commercial = "aws";
    private const string CommercialSuffix = "amazonaws.com";

    // Each ends in its hyphen, so none is the beginning of another.
    private static readonly (string Prefix, string Partition, string Suffix)[] Others =
    [
        ("cn-", "aws-cn", "amazonaws.com.cn"),
        ("us-gov-", "aws-us-gov", CommercialSuffix),
        ("us-iso-", "aws-iso", "c2s.ic.gov"),
        ("us-isob-", "aws-iso-b", "sc2s.sgov.gov"),
        ("eu-isoe-", "aws-iso-e", "cloud.adc-e.uk"),
        ("us-isof-", "aws-iso-f", "csp.hci.ic.gov"),
        ("eusc-", "aws-eusc", "amazonaws.eu"),
    ];

    /// <summary>
    /// The region of a name. What has a region's form and no other partition's prefix is in partition <c>aws</c>: that such a region exists is
    /// for the trust bundle to say, so that a new one needs no release.
    /// </summary>
    public static bool TryParse(string? name, [NotNullWhen(true)] out AwsRegion? region)
    {
        region = null;
        if (name is null || !Form().IsMatch(name))
        {
            return false;
        }

        var (partition, suffix) = (Commercial, CommercialSuffix);
        foreach (var other in Others)
        {
            if (name.StartsWith(other.Prefix, StringComparison.Ordinal))
            {
                (partition, suffix) = (other.Partition, other.Suffix);
            }
        }

        region = new AwsRegion(name, partition, $"sts.{name}.{suffix}");
        return true;
    }

    [GeneratedRegex(@"\A[a-z]{2,8}(-[a-z]{2,16}){1,3}-[0-9]{1,2}\z", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Form();
}
