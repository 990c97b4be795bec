using System.Text.Json.Nodes;
using Onboarding.TestKit.Aws;
using Onboarding.TestKit.Data;

namespace Onboarding.Cli.Tests.Attest;

public sealed class AttestAwsCommandTests : IDisposable
{
    private const string RealDocument = "data/iid/us-west-2.rsa2048.b64";
    private const string Published = "data/aws-rsa2048";

    private readonly Onboarding.Cli.Tests.TemporaryDirectory directory = new();
    private readonly RegionSigner signer = new();

    public void Dispose()
    {
        signer.Dispose();
        directory.Dispose();
    }

    [SharedDataFact(RealDocument)]
    public async Task RunAsync_RealDocument_IsGenuine()
    {
        var run = await Cli.RunAsync("attest", "aws", "--document", SharedData.PathOf(RealDocument), "--trust-bundle", SharedData.PathOf(Published), "--output", "json");

        run.ExitCode.ShouldBe(ExitCodes.Ok, run.Error);
        var result = JsonNode.Parse(run.Output)!;
        ((bool)result["genuine"]!).ShouldBeTrue();
        result["identity"]!.ToJsonString().ShouldBe(
            """{"aws":{"partition":"aws","account":"278576220453","region":"us-west-2","zone":"us-west-2a","ec2":{"instanceId":"i-078517ca8a70a1dde"}}}""");
        ((string)result["privateIp"]!).ShouldBe("10.0.0.209");
    }

    [Fact]
    public async Task RunAsync_DocumentWithHeaderAndFooter_SaysWho()
    {
        var document = signer.Sign(IdentityDocument.Of(new SimulatedInstance("i-1234567890abcdef0")));
        var file = directory.Write("rsa2048", $"-----BEGIN PKCS7-----\n{document[..64]}\r\n{document[64..]}\n-----END PKCS7-----\n");

        var run = await Cli.RunAsync("attest", "aws", "--document", file, "--trust-bundle", Bundle(signer.Pem));

        run.ExitCode.ShouldBe(ExitCodes.Ok, run.Error);
        run.Output.ShouldContain("i-1234567890abcdef0");
    }

    [Fact]
    public async Task RunAsync_DocumentThatSomebodyElseSigned_SaysWhyNot()
    {
        using var stranger = new RegionSigner();
        var file = directory.Write("rsa2048", stranger.Sign(IdentityDocument.Of(new SimulatedInstance("i-1234567890abcdef0"))));

        var run = await Cli.RunAsync("attest", "aws", "--document", file, "--trust-bundle", Bundle(signer.Pem));
        var json = await Cli.RunAsync("attest", "aws", "--document", file, "--trust-bundle", Bundle(signer.Pem), "--output", "json");

        run.ExitCode.ShouldBe(ExitCodes.NotMet);
        run.Error.ShouldContain("not genuine");
        json.ExitCode.ShouldBe(ExitCodes.NotMet);
        ((bool)JsonNode.Parse(json.Output)!["genuine"]!).ShouldBeFalse();
    }

    [Fact]
    public async Task RunAsync_BundleThatCannotBeUsed_CannotSay()
    {
        var file = directory.Write("rsa2048", signer.Sign("{}"));

        var run = await Cli.RunAsync("attest", "aws", "--document", file, "--trust-bundle", Bundle("nothing"));

        run.ExitCode.ShouldBe(ExitCodes.Failed);
        run.Error.ShouldContain("us-east-2.pem");
    }

    private string Bundle(string pem)
    {
        directory.Write("bundle/us-east-2.pem", pem);
        return Path.Combine(directory.Path, "bundle");
    }
}
