using Microsoft.Extensions.DependencyInjection;
using Onboarding.Attestation.Tests.Support;
using Onboarding.Core.Configuration;
using Onboarding.Core.Identity;
using Onboarding.Protocol;
using Onboarding.TestKit.Issuers;
using Onboarding.TestKit.Time;

namespace Onboarding.Attestation.Tests.Provider;

/// <summary>A provider that somebody else wrote, as issuer: discovery, keys over HTTPS, tokens with its own idea of a header.</summary>
public sealed class RealProviderTests : IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("onboarding-").FullName;
    private readonly TestPki pki = new();

    public void Dispose()
    {
        pki.Dispose();
        Directory.Delete(directory, recursive: true);
    }

    [RealProviderFact]
    public async Task VerifyAsync_ATokenOfARealProvider_IsAcceptedAndRefusedAfterItsKeysRotatedAway()
    {
        await using var provider = await RealProvider.StartAsync(pki, directory, OidcSetup.Uid);
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var services = OidcSetup.Register(new StubOptionsSource(OidcSetup.Uid, Issuer(provider)), time);
        var sut = services.GetRequiredService<ICredentialVerifier>();
        var old = await provider.TokenAsync();

        var attested = (await OidcSetup.ShowAsync(sut, old)).Value.ShouldNotBeNull();
        var identity = (JwtIdentity)attested.Identity;
        identity.Subject.ShouldBe("vm007");
        identity.Attributes["region"].ShouldBe("us-east");

        await provider.RotateAsync();
        time.Advance(TimeSpan.FromSeconds(30));
        var rotated = await provider.TokenAsync();
        (await OidcSetup.ShowAsync(sut, rotated)).IsGranted.ShouldBeTrue("its unknown kid is fetched at once");
        time.Advance(TimeSpan.FromSeconds(30));
        (await OidcSetup.ShowAsync(sut, old)).Refusal!.Code.ShouldBe(ProblemCodes.CredentialRejected);
    }

    private JwtIssuerOptions Issuer(RealProvider provider) => new()
    {
        Issuer = provider.Issuer,
        ShortName = "real",
        AttributesPath = ".vm",
        CaFile = Path.Combine(directory, "ca.crt"),
    };
}
