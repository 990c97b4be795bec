using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Onboarding.Agent.Endpoint;
using Onboarding.Agent.Tests.Fakes;
using Onboarding.TestKit.Issuers;

namespace Onboarding.Agent.Tests.Endpoint;

/// <summary>Trust as a real TLS server on loopback shows it.</summary>
public sealed class ServerTrustTests : IAsyncLifetime, IDisposable
{
    private readonly TestPki pki = new();
    private readonly TestPki stranger = new();
    private WebApplication? server;
    private string? sni;
    private int port;

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(https =>
            https.ServerCertificateSelector = (_, name) =>
            {
                sni = name;
                return pki.Issue("cp.example", "127.0.0.1");
            })));
        server = builder.Build();
        server.MapGet("/v1/discovery", (HttpContext context) => $"{context.Request.Protocol} {context.Request.Host.Host}");
        await server.StartAsync();
        port = new Uri(server.Urls.Single()).Port;
    }

    [Fact]
    public async Task Send_CaFile_TrustsWhatItSigned()
    {
        using var root = new TemporaryRoot();
        var target = new EndpointTarget("127.0.0.1", port, RootsFile: pki.WriteAuthority(root.PathOf("/ca.crt")));

        (await SendAsync(target)).ShouldBe("HTTP/2 127.0.0.1");
    }

    [Fact]
    public async Task Send_ServerName_IsSentAndVerified()
    {
        var target = new EndpointTarget("127.0.0.1", port, ServerName: "cp.example", Roots: pki.AuthorityPem);

        (await SendAsync(target)).ShouldBe("HTTP/2 cp.example");
        sni.ShouldBe("cp.example");
    }

    [Fact]
    public async Task Send_CertificateForAnotherName_IsNotTrusted() =>
        await ShouldNotTrustAsync(new EndpointTarget("127.0.0.1", port, ServerName: "other.example", Roots: pki.AuthorityPem), "is not good for other.example");

    [Fact]
    public async Task Send_CertificateOfAnotherAuthority_IsNotTrusted() =>
        await ShouldNotTrustAsync(new EndpointTarget("127.0.0.1", port, Roots: stranger.AuthorityPem), "of no authority that is trusted here");

    [Fact]
    public async Task Send_SystemsTrustStore_DoesNotKnowOurAuthority() =>
        await ShouldNotTrustAsync(new EndpointTarget("127.0.0.1", port), "of no authority that is trusted here");

    [Fact]
    public async Task Send_VerificationSkipped_ConnectsAndVouchesForNoName()
    {
        var target = new EndpointTarget("127.0.0.1", port, SkipsVerification: true);
        using var trust = new ServerTrust(target);

        await SendAsync(target, trust);

        trust.Covers("cp.example").ShouldBeFalse();
    }

    [Theory]
    [InlineData("https://cp.example", true)]
    [InlineData("https://cp.example:15443/cluster", true)]
    [InlineData("https://other.example", false)]
    [InlineData("https://cp.example.other.example", false)]
    public async Task Require_UidThatIsAUrl_MustBeTheCertificates(string uid, bool accepted)
    {
        var target = new EndpointTarget("127.0.0.1", port, Roots: pki.AuthorityPem);
        using var trust = new ServerTrust(target);
        await SendAsync(target, trust);
        var rules = new UidRules(target, pinned: null, trust, new RecordingLogger());

        var failure = Record.Exception(() => rules.Require(uid));

        (failure is null).ShouldBe(accepted);
    }

    public async Task DisposeAsync() => await server!.DisposeAsync();

    public void Dispose()
    {
        pki.Dispose();
        stranger.Dispose();
    }

    private static async Task ShouldNotTrustAsync(EndpointTarget target, string why)
    {
        var failure = await Should.ThrowAsync<EndpointException>(SendAsync(target));

        failure.Kind.ShouldBe(EndpointFailure.NotTrusted);
        failure.Message.ShouldContain(why);
    }

    private static async Task<string> SendAsync(EndpointTarget target, ServerTrust? trust = null)
    {
        using var own = new ServerTrust(target);
        using var sut = new EndpointTransport(
            EndpointHandler.Create(target, trust ?? own), target, new EndpointClock(TimeProvider.System, new RecordingLogger()), TimeProvider.System);
        var reply = await sut.SendAsync(new EndpointCall(HttpMethod.Get, "/v1/discovery"), CancellationToken.None);
        return System.Text.Encoding.UTF8.GetString(reply.Body);
    }
}
