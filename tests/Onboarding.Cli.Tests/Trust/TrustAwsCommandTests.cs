using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Onboarding.TestKit.Aws;
using Onboarding.TestKit.Data;

namespace Onboarding.Cli.Tests.Trust;

public sealed class TrustAwsCommandTests : IDisposable
{
    private const string Published = "data/aws-rsa2048";
    private static readonly Lazy<RegionSigner> One = new();
    private static readonly Lazy<RegionSigner> Two = new();

    private readonly Onboarding.Cli.Tests.TemporaryDirectory directory = new();

    private string Out => Path.Combine(directory.Path, "bundle");

    public void Dispose() => directory.Dispose();

    [SharedDataFact(Published)]
    public async Task RunAsync_AllOfAwssCertificates_AreThePublishedFiles()
    {
        var files = Directory.GetFiles(SharedData.PathOf(Published), "*.pem");

        var run = await RunAsync(Page([.. files.Select(file => (Path.GetFileNameWithoutExtension(file), File.ReadAllText(file)))]));

        run.ExitCode.ShouldBe(ExitCodes.Ok, run.Error);
        foreach (var file in files)
        {
            using var published = X509Certificate2.CreateFromPem(await File.ReadAllTextAsync(file));
            using var written = X509Certificate2.CreateFromPem(await File.ReadAllTextAsync(Path.Combine(Out, Path.GetFileName(file))));
            written.RawData.ShouldBe(published.RawData);
        }
    }

    [Theory]
    [InlineData("## US East (Ohio) — us-east-2")]
    [InlineData("### us-east-2 {#us-east-2-cert}")]
    [InlineData("**US East (Ohio) — us-east-2**")]
    [InlineData("<summary>US East (Ohio) — us-east-2</summary>")]
    public async Task RunAsync_NewRegion_IsAdded(string heading)
    {
        var run = await RunAsync($"# Certificates\r\n{heading}\r\n\r\n#### [ RSA-2048 ]\r\n\r\n```\r\n{Indented(One.Value.Pem)}\r\n```\r\n");

        run.ExitCode.ShouldBe(ExitCodes.Ok, run.Error);
        run.Output.ShouldContain("added");
        File.Exists(Path.Combine(Out, "us-east-2.pem")).ShouldBeTrue();
    }

    [Fact]
    public async Task RunAsync_SameAgain_ChangesNothing()
    {
        var page = Page(("us-east-2", One.Value.Pem));
        await RunAsync(page);
        var before = File.GetLastWriteTimeUtc(Path.Combine(Out, "us-east-2.pem"));

        var run = await RunAsync(page);

        run.ExitCode.ShouldBe(ExitCodes.Ok, run.Error);
        run.Output.ShouldContain("same");
        File.GetLastWriteTimeUtc(Path.Combine(Out, "us-east-2.pem")).ShouldBe(before);
    }

    [Fact]
    public async Task RunAsync_ChangedRegion_IsTakenOverOnlyWhenItIsAccepted()
    {
        await RunAsync(Page(("us-east-2", One.Value.Pem)));
        var before = await File.ReadAllTextAsync(Path.Combine(Out, "us-east-2.pem"));

        var refused = await RunAsync(Page(("us-east-2", Two.Value.Pem)));
        var kept = await File.ReadAllTextAsync(Path.Combine(Out, "us-east-2.pem"));
        var accepted = await RunAsync(Page(("us-east-2", Two.Value.Pem)), "--accept", "us-east-2");

        refused.ExitCode.ShouldBe(ExitCodes.NotMet);
        refused.Error.ShouldContain("--accept us-east-2");
        refused.Output.ShouldContain(FingerprintOf(One.Value.Pem));
        refused.Output.ShouldContain(FingerprintOf(Two.Value.Pem));
        kept.ShouldBe(before);
        accepted.ExitCode.ShouldBe(ExitCodes.Ok, accepted.Error);
        FingerprintOf(await File.ReadAllTextAsync(Path.Combine(Out, "us-east-2.pem"))).ShouldBe(FingerprintOf(Two.Value.Pem));
    }

    [Fact]
    public async Task RunAsync_RemovedRegion_GoesOnlyWhenItIsAccepted()
    {
        await RunAsync(Page(("us-east-2", One.Value.Pem), ("us-west-2", Two.Value.Pem)));

        var refused = await RunAsync(Page(("us-east-2", One.Value.Pem)));
        var isKept = File.Exists(Path.Combine(Out, "us-west-2.pem"));
        var accepted = await RunAsync(Page(("us-east-2", One.Value.Pem)), "--accept", "us-west-2");

        refused.ExitCode.ShouldBe(ExitCodes.NotMet);
        isKept.ShouldBeTrue();
        accepted.ExitCode.ShouldBe(ExitCodes.Ok, accepted.Error);
        File.Exists(Path.Combine(Out, "us-west-2.pem")).ShouldBeFalse();
    }

    [Fact]
    public async Task RunAsync_OneCertificateForTwoRegions_TakesNoSecond()
    {
        var run = await RunAsync(Page(("us-east-2", One.Value.Pem), ("us-west-2", One.Value.Pem)));

        run.ExitCode.ShouldBe(ExitCodes.NotMet);
        run.Error.ShouldContain("us-west-2: has the serial number or key of us-east-2");
        File.Exists(Path.Combine(Out, "us-west-2.pem")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("CN=Somebody else", 2048, "issuer")]
    [InlineData("O=Amazon Web Services LLC, L=Seattle, S=Washington State, C=US", 1024, "no certificate with a 2048-bit RSA key")]
    [InlineData("O=Amazon Web Services LLC, L=Seattle, S=Washington State, C=US", 3072, "no certificate with a 2048-bit RSA key")]
    public async Task RunAsync_CertificateOfAnotherKind_IsNotTaken(string subject, int bits, string problem)
    {
        using var key = RSA.Create(bits);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));

        var run = await RunAsync(Page(("us-east-2", certificate.ExportCertificatePem()), ("us-west-2", One.Value.Pem)));

        run.ExitCode.ShouldBe(ExitCodes.NotMet);
        run.Error.ShouldContain($"us-east-2: ");
        run.Error.ShouldContain(problem);
        File.Exists(Path.Combine(Out, "us-east-2.pem")).ShouldBeFalse();
        File.Exists(Path.Combine(Out, "us-west-2.pem")).ShouldBeTrue();
    }

    [Fact]
    public async Task RunAsync_TwoKeysOf2048Bits_TakesTheOneThatIsNamed()
    {
        var run = await RunAsync($"## us-east-2\n#### [ RSA ]\n{Two.Value.Pem}\n#### [ RSA-2048 ]\n{One.Value.Pem}\n");

        run.ExitCode.ShouldBe(ExitCodes.Ok, run.Error);
        FingerprintOf(await File.ReadAllTextAsync(Path.Combine(Out, "us-east-2.pem"))).ShouldBe(FingerprintOf(One.Value.Pem));
    }

    [Fact]
    public async Task RunAsync_PageWithoutCertificates_LeavesTheBundleAlone()
    {
        await RunAsync(Page(("us-east-2", One.Value.Pem)));

        var run = await RunAsync("<html>us-east-2</html>");

        run.ExitCode.ShouldBe(ExitCodes.Failed);
        File.Exists(Path.Combine(Out, "us-east-2.pem")).ShouldBeTrue();
    }

    [Theory]
    [InlineData("http://docs.example/regions-certs.md")]
    [InlineData("file:///etc/passwd")]
    public async Task RunAsync_OtherSchemeThanHttps_IsRefused(string url) =>
        (await Cli.RunAsync("trust", "aws", "--from", url, "--out", Out)).ExitCode.ShouldBe(ExitCodes.Failed);

    private Task<Cli> RunAsync(string page, params string[] more) =>
        Cli.RunAsync(["trust", "aws", "--from", directory.Write("regions-certs.md", page), "--out", Out, .. more]);

    private static string Page(params (string Region, string Pem)[] regions)
    {
        var page = new StringBuilder("# AWS public certificates\n\n");
        foreach (var (region, pem) in regions)
        {
            page.Append("## A place — ").Append(region).Append("\n\n#### [ RSA-2048 ]\n\n```\n").Append(pem.Trim()).Append("\n```\n\n");
        }

        return page.ToString();
    }

    private static string Indented(string pem) => string.Join("\r\n", pem.Trim().Split('\n').Select(line => "    " + line));

    private static string FingerprintOf(string pem)
    {
        using var certificate = X509Certificate2.CreateFromPem(pem);
        return Convert.ToHexStringLower(SHA256.HashData(certificate.RawData));
    }
}
