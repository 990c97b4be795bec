using System.Security.Cryptography;
using System.Text;
using Onboarding.Protocol.Aws;

namespace Onboarding.Protocol.Tests.Aws;

public sealed class SessionBindingTests
{
    private static readonly SessionBinding Sample = new("https://a.example", "a.example", "nonce", new("bookinfo", "ratings"), "instance", "thumbprint");

    [Fact]
    public void Compute_Sample_IsTheHashOfTheEightLines()
    {
        var lines = "onboarding-v1\nhttps://a.example\na.example\nnonce\nbookinfo\nratings\ninstance\nthumbprint\n";

        Sample.Compute().ShouldBe(Base64UrlText.Encode(SHA256.HashData(Encoding.UTF8.GetBytes(lines))));
    }

    [Fact]
    public void Compute_OtherCaseOfTheHost_IsTheSame() => (Sample with { EndpointHost = "A.Example" }).Compute().ShouldBe(Sample.Compute());

    [Fact]
    public void Compute_AnyOtherPart_IsAnotherBinding()
    {
        SessionBinding[] others =
        [
            Sample with { Uid = "https://b.example" },
            Sample with { EndpointHost = "b.example" },
            Sample with { Nonce = "other" },
            Sample with { Group = new("bookinfo", "reviews") },
            Sample with { Group = new("other", "ratings") },
            Sample with { InstanceId = "other" },
            Sample with { KeyThumbprint = "other" },
        ];

        others.Select(other => other.Compute()).Append(Sample.Compute()).Distinct(StringComparer.Ordinal).Count().ShouldBe(others.Length + 1);
    }

    [Fact]
    public void Compute_LineFeedInTheUidOfAnEndpointThatRelays_MakesNoOtherEndpointsBinding()
    {
        var relayed = Sample with { Uid = "https://a.example\na.example\nnonce\nbookinfo\nratings\ninstance\nthumbprint" };

        (relayed.Compute() == Sample.Compute()).ShouldBeFalse();
    }
}
