using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Onboarding.Attestation.Aws;
using Onboarding.Attestation.Aws.Trust;
using Onboarding.Attestation.Tests.Support;
using Onboarding.Core.Configuration;
using Onboarding.TestKit.Aws;
using Onboarding.TestKit.Data;
using Onboarding.TestKit.Time;
using Onboarding.TestKit.Workloads;

namespace Onboarding.Attestation.Tests.Aws.Trust;

/// <summary>The bundle follows its directory; what is not whole costs nobody a place.</summary>
public sealed class TrustBundleSourceTests : IDisposable
{
    private static readonly Lazy<RegionSigner> One = new();
    private static readonly Lazy<RegionSigner> Two = new();

    private readonly TemporaryDirectory directory = new();
    private readonly FakeTimeProvider time = new();
    private readonly CollectedLogs logs = new();
    private readonly FakeOptionsSource options;
    private ServiceProvider? services;

    public TrustBundleSourceTests()
    {
        options = new(new OnboardingOptions { EndpointHosts = ["a.example"], TlsSecretName = "tls" }, "uid");
        Configure(directory.Path);
        TrustBundles.Write(directory.Path, ("us-east-2", One.Value.Pem));
    }

    public void Dispose()
    {
        services?.Dispose();
        directory.Dispose();
    }

    [Fact]
    public void Bundle_DirectoryWithOneRegion_HasIt()
    {
        var sut = Start();

        sut.Bundle!.Find("us-east-2").ShouldNotBeNull();
        sut.Current!.Regions.ShouldBe(["us-east-2"]);
    }

    [Fact]
    public void Refresh_RegionAdded_IsTakenOverOnceItWasLeftAloneForALook()
    {
        var sut = Start();
        var changes = 0;
        sut.Changed += () => changes++;
        TrustBundles.Write(directory.Path, ("us-west-2", Two.Value.Pem));

        sut.Refresh();
        sut.Bundle!.Find("us-west-2").ShouldBeNull();
        sut.Refresh();
        sut.Bundle!.Find("us-west-2").ShouldNotBeNull();
        sut.Refresh();

        changes.ShouldBe(1);
    }

    /// <summary>A file is gone for the moment in which it is replaced.</summary>
    [Fact]
    public void Refresh_FileThatIsBeingReplaced_TakesNobodysPlace()
    {
        var sut = Start();
        var before = sut.Current;
        File.Delete(Path.Combine(directory.Path, "us-east-2.pem"));
        sut.Refresh();
        TrustBundles.Write(directory.Path, ("us-east-2", One.Value.Pem));
        sut.Refresh();
        sut.Refresh();

        sut.Current.ShouldBe(before);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-----BEGIN CERTIFICATE-----\nMIID")]
    [InlineData("-----BEGIN PRIVATE KEY-----\nMIID\n-----END PRIVATE KEY-----")]
    public void Refresh_FileThatIsBroken_KeepsTheLastGoodBundleAndSaysSo(string text)
    {
        var sut = Start();
        File.WriteAllText(Path.Combine(directory.Path, "us-east-2.pem"), text);
        sut.Refresh();
        sut.Refresh();
        sut.Refresh();

        sut.Bundle!.Find("us-east-2")!.Fingerprint.ShouldNotBeNull();
        logs.Lines.Count(line => line.StartsWith("Error 2202", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public void Refresh_DirectoryThatCannotBeRead_KeepsTheLastGoodBundle()
    {
        var sut = Start();
        Directory.Delete(directory.Path, recursive: true);
        sut.Refresh();
        sut.Refresh();

        sut.Bundle!.Find("us-east-2").ShouldNotBeNull();
        sut.Current!.Regions.ShouldBe(["us-east-2"]);
    }

    /// <summary>What was never read says nothing against anybody.</summary>
    [Fact]
    public void Current_DirectoryThatWasNeverRead_SaysNothing()
    {
        Directory.Delete(directory.Path, recursive: true);
        var sut = Start();

        sut.Current.ShouldBeNull();
        sut.Bundle.ShouldNotBeNull().IsEmpty.ShouldBeTrue();
        logs.Lines.ShouldContain(line => line.StartsWith("Error 2203", StringComparison.Ordinal));
    }

    [Fact]
    public void Current_RegionWhoseFileCannotBeUsed_VouchesForNobodyAndTakesNobodysPlace()
    {
        TrustBundles.Write(directory.Path, ("us-west-2", "nothing"));
        var sut = Start();

        sut.Bundle!.Find("us-west-2").ShouldBeNull();
        sut.Current!.Regions.Contains("us-west-2").ShouldBeTrue();
    }

    [Fact]
    public void Options_AwsIsTakenOut_NothingIsAccepted()
    {
        var sut = Start();

        options.Change(workloads => workloads with { Aws = null });

        sut.Bundle.ShouldBeNull();
        sut.Current.ShouldBeNull();
    }

    [Fact]
    public void Refresh_CertificateThatExpires_WarnsAndThenComplains()
    {
        var sut = Start();
        var expiry = sut.Bundle!.Find("us-east-2")!.NotAfter;

        time.Advance(expiry - time.GetUtcNow() - TimeSpan.FromDays(29));
        sut.Refresh();
        sut.Refresh();
        time.Advance(TimeSpan.FromDays(29));
        sut.Refresh();
        sut.Refresh();

        logs.Lines.Count(line => line.StartsWith("Warning 2205", StringComparison.Ordinal)).ShouldBe(1);
        logs.Lines.Count(line => line.StartsWith("Error 2204", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public void ReportUnknown_SameRegionAgainAndStrangersInventions_AreNotSaidForEver()
    {
        var sut = Start();
        for (var index = 0; index < 200; index++)
        {
            sut.ReportUnknown("ap-south-1");
            sut.ReportUnknown($"zz-place-{index}");
        }

        logs.Lines.Count(line => line.StartsWith("Warning 2206", StringComparison.Ordinal)).ShouldBe(64);
    }

    [Theory]
    [InlineData("us-east-2", "us-west-2")]
    [InlineData("us-east-2", "not-a-region")]
    public void Read_SecondFileWithTheSameCertificateOrWithoutARegion_IsAProblem(string region, string other)
    {
        TrustBundles.Write(directory.Path, (region, One.Value.Pem), (other, One.Value.Pem));

        var reading = TrustBundleReader.Read(directory.Path);

        reading.Problems.ShouldHaveSingleItem().ShouldContain(other);
        reading.Bundle.Certificates.ShouldHaveSingleItem().Region.ShouldBe(region);
    }

    private void Configure(string path) =>
        options.Change(workloads => workloads with { Aws = new AwsAuthenticationOptions(path, ImmutableDictionary<string, Uri>.Empty) });

    private TrustBundleSource Start()
    {
        services = new ServiceCollection()
            .AddLogging(logging => logging.AddProvider(logs))
            .AddSingleton<IOptionsSource>(options)
            .AddSingleton<TimeProvider>(time)
            .AddAwsAttestation()
            .BuildServiceProvider();
        return services.GetRequiredService<TrustBundleSource>();
    }
}
