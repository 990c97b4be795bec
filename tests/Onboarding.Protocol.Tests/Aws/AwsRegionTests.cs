using Onboarding.Protocol.Aws;

namespace Onboarding.Protocol.Tests.Aws;

public sealed class AwsRegionTests
{
    [Theory]
    [InlineData("us-east-2", "aws", "sts.us-east-2.amazonaws.com")]
    [InlineData("ap-southeast-7", "aws", "sts.ap-southeast-7.amazonaws.com")]
    [InlineData("cn-northwest-1", "aws-cn", "sts.cn-northwest-1.amazonaws.com.cn")]
    [InlineData("us-gov-west-1", "aws-us-gov", "sts.us-gov-west-1.amazonaws.com")]
    [InlineData("us-iso-east-1", "aws-iso", "sts.us-iso-east-1.c2s.ic.gov")]
    [InlineData("us-isob-east-1", "aws-iso-b", "sts.us-isob-east-1.sc2s.sgov.gov")]
    [InlineData("eu-isoe-west-1", "aws-iso-e", "sts.eu-isoe-west-1.cloud.adc-e.uk")]
    [InlineData("us-isof-south-1", "aws-iso-f", "sts.us-isof-south-1.csp.hci.ic.gov")]
    [InlineData("eusc-de-east-1", "aws-eusc", "sts.eusc-de-east-1.amazonaws.eu")]
    [InlineData("zz-newplace-9", "aws", "sts.zz-newplace-9.amazonaws.com")]
    public void TryParse_Region_HasItsPartitionAndItsSts(string name, string partition, string host)
    {
        AwsRegion.TryParse(name, out var region).ShouldBeTrue();

        region.ShouldBe(new AwsRegion(name, partition, host));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("aws-global")]
    [InlineData("us-east-2a")]
    [InlineData("us-east-2\n")]
    [InlineData("US-EAST-2")]
    [InlineData("us-east-2.attacker.example/")]
    [InlineData("us-east-2@attacker-example-1")]
    [InlineData("us-east-2#")]
    [InlineData("us-east-2:443")]
    [InlineData("../us-east-2")]
    [InlineData("us--east-2")]
    [InlineData("us-east-٢")]
    public void TryParse_AnythingElse_IsNoRegion(string? name) => AwsRegion.TryParse(name, out _).ShouldBeFalse();
}
