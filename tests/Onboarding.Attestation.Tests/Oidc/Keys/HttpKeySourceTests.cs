using System.Net;
using Onboarding.Attestation.Oidc;
using Onboarding.Attestation.Oidc.Keys;
using Onboarding.Core.Configuration;
using Onboarding.TestKit.Issuers;

namespace Onboarding.Attestation.Tests.Oidc.Keys;

/// <summary>The fetch itself, over real HTTPS with an issuer on loopback.</summary>
public sealed class HttpKeySourceTests : IAsyncLifetime, IDisposable
{
    private static readonly WebProxy NoProxy = new();
    private static readonly JwtAlgorithm Es256 = JwtAlgorithm.Find("ES256")!;
    private readonly TestPki pki = new();
    private readonly string directory = Directory.CreateTempSubdirectory("onboarding-").FullName;
    private string caFile = "";
    private TestIssuer issuer = null!;

    public async Task InitializeAsync()
    {
        caFile = pki.WriteAuthority(Path.Combine(directory, "ca.crt"));
        issuer = await TestIssuer.StartAsync(pki, algorithm: "ES256");
    }

    public async Task DisposeAsync() => await issuer.DisposeAsync();

    public void Dispose()
    {
        pki.Dispose();
        Directory.Delete(directory, recursive: true);
    }

    [Fact]
    public async Task FetchAsync_ByDiscovery_HasTheIssuersKeys() =>
        (await FetchAsync(Options())).Find("key-1", Es256).Key.ShouldNotBeNull();

    [Fact]
    public async Task FetchAsync_ByJwksUri_HasTheIssuersKeysWithoutDiscovery()
    {
        issuer.Misbehaviour = IssuerMisbehaviour.WrongIssuer;

        (await FetchAsync(Options() with { JwksUri = issuer.JwksUri })).Find("key-1", Es256).Key.ShouldNotBeNull();
    }

    [Fact]
    public async Task FetchAsync_AfterARotation_HasTheNewKeyOnly()
    {
        issuer.Rotate("ES256");

        var keys = await FetchAsync(Options());

        keys.Find("key-2", Es256).Key.ShouldNotBeNull();
        keys.Find("key-1", Es256).ShouldBe(default);
    }

    [Theory]
    [InlineData(IssuerMisbehaviour.Huge, "answers with more than 1048576 bytes")]
    [InlineData(IssuerMisbehaviour.Redirects, "answers 302; 200 is expected, and redirects are not followed")]
    [InlineData(IssuerMisbehaviour.Fails, "answers 500; 200 is expected, and redirects are not followed")]
    [InlineData(IssuerMisbehaviour.NotJson, "is not a JSON object of unique members")]
    [InlineData(IssuerMisbehaviour.WrongIssuer, "is not the configured one, byte for byte")]
    [InlineData(IssuerMisbehaviour.PlainKeys, "is not an https URI")]
    [InlineData(IssuerMisbehaviour.SymmetricKey, "is symmetric")]
    [InlineData(IssuerMisbehaviour.PrivateKey, "has a private part")]
    [InlineData(IssuerMisbehaviour.ManyKeys, "at most 64 are accepted")]
    public async Task RudeIssuer_ByDiscovery(IssuerMisbehaviour misbehaviour, string fault)
    {
        issuer.Misbehaviour = misbehaviour;

        (await FaultAsync(Options())).ShouldContain(fault);
        issuer.RedirectsFollowed.ShouldBe(0);
    }

    [Theory]
    [InlineData(IssuerMisbehaviour.Huge, "answers with more than 1048576 bytes")]
    [InlineData(IssuerMisbehaviour.Redirects, "answers 302; 200 is expected, and redirects are not followed")]
    [InlineData(IssuerMisbehaviour.NotJson, "is not a JSON object of unique members")]
    public async Task RudeIssuer_ByJwksUri(IssuerMisbehaviour misbehaviour, string fault)
    {
        issuer.Misbehaviour = misbehaviour;

        (await FaultAsync(Options() with { JwksUri = issuer.JwksUri })).ShouldContain(fault);
        issuer.RedirectsFollowed.ShouldBe(0);
    }

    [Fact]
    public async Task SlowIssuer_IsGivenUpWhenTold()
    {
        issuer.Misbehaviour = IssuerMisbehaviour.Stalls;
        using var cancellation = new CancellationTokenSource();
        var fetch = Source(Options()).FetchAsync(cancellation.Token);
        await issuer.Asked;

        await cancellation.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(fetch);
    }

    [Fact]
    public async Task IssuerOfAnUnknownAuthority()
    {
        using var other = new TestPki();
        var wrong = other.WriteAuthority(Path.Combine(directory, "other.crt"));

        (await Should.ThrowAsync<HttpRequestException>(() => FetchAsync(Options() with { CaFile = wrong }))).GetBaseException().Message.ShouldContain("certificate");
        await Should.ThrowAsync<HttpRequestException>(() => FetchAsync(Options() with { CaFile = null }));
    }

    [Theory]
    [InlineData("missing.crt", null)]
    [InlineData("empty.crt", "")]
    public async Task FetchAsync_ACaFileWithoutCertificates_IsNamed(string name, string? content)
    {
        var file = Path.Combine(directory, name);
        if (content is not null)
        {
            await File.WriteAllTextAsync(file, content);
        }

        (await FaultAsync(Options() with { CaFile = file })).ShouldStartWith($"caFile {file} ");
    }

    [Fact]
    public async Task NameReboundToLoopback()
    {
        var options = Options() with { Issuer = issuer.Issuer.Replace("127.0.0.1", "issuer.example", StringComparison.Ordinal) };
        var source = new HttpKeySource(options, new AddressGuard([], (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Loopback])), NoProxy);

        (await Should.ThrowAsync<Exception>(() => source.FetchAsync(CancellationToken.None)))
            .GetBaseException().Message.ShouldStartWith("issuer.example is at 127.0.0.1: ");
        issuer.KeyFetches.ShouldBe(0);
    }

    [Fact]
    public async Task DiscoveryThatPointsToTheMetadataService()
    {
        issuer.Misbehaviour = IssuerMisbehaviour.MetadataService;

        (await Should.ThrowAsync<Exception>(() => FetchAsync(Options())))
            .GetBaseException().Message.ShouldStartWith("169.254.169.254 is at 169.254.169.254: ");
    }

    [Fact]
    public async Task Factory_AnIssuerThatSpellsOutLoopback_IsConnectedToAndByNameIsNot()
    {
        var byAddress = Options();
        var byName = Options() with { Issuer = issuer.Issuer.Replace("127.0.0.1", "localhost", StringComparison.Ordinal) };

        IssuerKeysFactory.SpelledOut(byAddress).ShouldBe([IPAddress.Loopback]);
        IssuerKeysFactory.SpelledOut(byName).ShouldBeEmpty();
        IssuerKeysFactory.SpelledOut(byName with { JwksUri = new Uri("https://[::1]:7/keys") }).ShouldBe([IPAddress.IPv6Loopback]);
        (await Should.ThrowAsync<Exception>(() => FetchAsync(byName))).GetBaseException().Message.ShouldStartWith("localhost is at ");
    }

    [Fact]
    public async Task FetchAsync_ThroughAProxy_AsksItForTheIssuerAndVerifiesTheIssuersCertificate()
    {
        await using var proxy = new TunnelProxy();

        (await Source(Options(), new WebProxy(proxy.Address)).FetchAsync(CancellationToken.None)).Find("key-1", Es256).Key.ShouldNotBeNull();

        proxy.Asked.Distinct(StringComparer.Ordinal).ShouldBe([new Uri(issuer.Issuer).Authority]);
    }

    [Fact]
    public async Task FetchAsync_AnIssuerThatTheProxyIsNotFor_IsConnectedToDirectly()
    {
        await using var proxy = new TunnelProxy();

        (await Source(Options(), new WebProxy(proxy.Address.ToString(), BypassOnLocal: false, [@"127\.0\.0\.1"])).FetchAsync(CancellationToken.None))
            .Find("key-1", Es256).Key.ShouldNotBeNull();

        proxy.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task DiscoveryThatPointsToTheMetadataServiceBehindAProxy()
    {
        await using var proxy = new TunnelProxy();
        issuer.Misbehaviour = IssuerMisbehaviour.MetadataService;

        (await Should.ThrowAsync<Exception>(() => Source(Options(), new WebProxy(proxy.Address)).FetchAsync(CancellationToken.None)))
            .GetBaseException().Message.ShouldStartWith("169.254.169.254 is at 169.254.169.254: ");

        proxy.Asked.ShouldNotContain(asked => asked.StartsWith("169.254", StringComparison.Ordinal));
    }

    private JwtIssuerOptions Options() => new() { Issuer = issuer.Issuer, ShortName = "test", CaFile = caFile };

    private static HttpKeySource Source(JwtIssuerOptions options, IWebProxy? proxy = null) =>
        new(options, new AddressGuard(IssuerKeysFactory.SpelledOut(options), Dns.GetHostAddressesAsync), proxy ?? NoProxy);

    private static Task<KeySet> FetchAsync(JwtIssuerOptions options) => Source(options).FetchAsync(CancellationToken.None);

    private static async Task<string> FaultAsync(JwtIssuerOptions options) =>
        (await Should.ThrowAsync<KeySetException>(() => FetchAsync(options))).Message;
}
