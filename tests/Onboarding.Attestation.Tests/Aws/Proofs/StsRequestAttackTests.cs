using System.Text;
using Onboarding.Attestation.Tests.Support;
using Onboarding.Protocol;
using Onboarding.Protocol.Aws;
using Onboarding.TestKit.Aws;
using static Onboarding.Attestation.Tests.Support.AwsSetup;

namespace Onboarding.Attestation.Tests.Aws.Proofs;

/// <summary>Rows 7 and 8 of the threats: tricks that were played on services that send a client's request to STS.</summary>
public sealed class StsRequestAttackTests : IAsyncLifetime
{
    private AwsSetup aws = null!;

    public async Task InitializeAsync() => aws = await AwsSetup.StartAsync();

    public async Task DisposeAsync() => await aws.DisposeAsync();

    /// <summary>Other hosts, user information, ports, suffixes, paths and queries by way of the region; nobody is asked.</summary>
    [Theory]
    [InlineData("us-east-2.attacker.example")]
    [InlineData("us-east-2.amazonaws.com@attacker.example")]
    [InlineData("attacker.example/us-east-2")]
    [InlineData("attacker.example#us-east-2")]
    [InlineData("attacker.example?us-east-2")]
    [InlineData("us-east-2:8443")]
    [InlineData("us-east-2\r\nHost: attacker.example")]
    [InlineData("us-east-2 ")]
    [InlineData("US-EAST-2")]
    [InlineData("us%2deast%2d2")]
    [InlineData("us-east-2\u3002attacker")]
    [InlineData("aws-global")]
    [InlineData("")]
    [InlineData("us-east-1")]
    public Task Attempt_AnotherHostInTheRegion(string region) => RefuseUnaskedAsync(proof => proof with { Region = region });

    /// <summary>Header injection, another action or more signed headers by way of the other strings; nobody is asked.</summary>
    [Theory]
    [InlineData("20260301T120000Z\r\nHost: attacker.example")]
    [InlineData("20260301T120000Z\n")]
    [InlineData("20260301T120000")]
    [InlineData("20260301T120000z")]
    [InlineData("2026-03-01T12:00:00Z")]
    [InlineData("٢0260301T120000Z")]
    [InlineData("")]
    public Task Attempt_MoreInTheDate(string date) => RefuseUnaskedAsync(proof => proof with { Date = date });

    [Theory]
    [InlineData("AKIAIOSFODNN7EXAMPLE")]
    [InlineData("ASIAEXAMPLEEXAMPLE/20260301/us-east-1/sts/aws4_request, SignedHeaders=host")]
    [InlineData("ASIAEXAMPLEEXAMPLE\r\nX-Amz-Target: x")]
    [InlineData("ASIAexampleexample")]
    [InlineData("ASIA")]
    [InlineData("")]
    public Task Attempt_MoreInTheAccessKeyId(string accessKeyId) => RefuseUnaskedAsync(proof => proof with { AccessKeyId = accessKeyId });

    [Theory]
    [InlineData("dG9rZW4=\r\nX-Amz-Target: x")]
    [InlineData("dG9rZW4=\n")]
    [InlineData("dG9r ZW4=")]
    [InlineData("dG9rZW4=&Action=AssumeRole")]
    [InlineData("dG9r-_ZW4")]
    [InlineData("====")]
    [InlineData("")]
    public Task Attempt_MoreInTheSessionToken(string token) => RefuseUnaskedAsync(proof => proof with { SessionToken = token });

    [Fact]
    public Task Attempt_HugeSessionToken() => RefuseUnaskedAsync(proof => proof with { SessionToken = new string('A', (4 * 1024) + 1) });

    [Theory]
    [InlineData("00, SignedHeaders=host")]
    [InlineData("000000000000000000000000000000000000000000000000000000000000000A")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000\n")]
    [InlineData("")]
    public Task Attempt_MoreInTheSignature(string signature) => RefuseUnaskedAsync(proof => proof with { Signature = signature });

    /// <summary>What is sent is the same whatever the client does: each header once, and none of his.</summary>
    [Fact]
    public async Task Attempt_AnyHeaderOfTheClients_IsNotSent()
    {
        var credential = aws.Mint.Show(Victim with { Role = null }, Binding());

        (await aws.ShowAsync(credential)).IsGranted.ShouldBeTrue();

        var request = aws.Sts.Requests.ShouldHaveSingleItem();
        (request.Method, request.Path, request.Query, Encoding.ASCII.GetString(request.Body.Span)).ShouldBe(("POST", "/", "", StsRequest.Body));
        request.Headers.Select(header => header.Key.ToLowerInvariant()).Order(StringComparer.Ordinal).ShouldBe(
            ["accept", "authorization", "content-length", "content-type", "host", "user-agent", "x-amz-date", "x-amz-security-token", "x-onboarding-binding"]);
        request.Header("host").ShouldBe("sts.us-east-2.amazonaws.com");
        request.Header("user-agent")!.ShouldStartWith("onboarding-endpoint/");
        request.Header("x-onboarding-binding").ShouldBe(Binding().Compute());
    }

    [Fact]
    public async Task Attempt_RedirectToWhereTheAnswerIsRight_IsNotFollowed()
    {
        aws.Sts.Misbehaviour = StsMisbehaviour.Redirects;

        await aws.ShouldRefuseAsync(aws.Mint.Show(Victim, Binding()), code: ProblemCodes.Unavailable);

        aws.Sts.Calls.ShouldBe(1);
    }

    private async Task RefuseUnaskedAsync(Func<StsProof, StsProof> change)
    {
        var ec2 = aws.Mint.Show(Victim, Binding());
        var ecs = aws.Mint.Show(OneTask, Binding());

        await aws.ShouldRefuseAsync(ec2 with { InstanceProof = change(ec2.InstanceProof) });
        await aws.ShouldRefuseAsync(ec2 with { RoleProof = change(ec2.RoleProof!) });
        await aws.ShouldRefuseAsync(ecs with { TaskProof = change(ecs.TaskProof) });

        aws.Sts.Calls.ShouldBe(0);
    }
}
