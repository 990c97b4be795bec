using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Onboarding.Endpoint.Tests.Fakes;
using Onboarding.Endpoint.Tls;

namespace Onboarding.Endpoint.Tests.Tls;

public sealed class TlsTests
{
    private const string Discovery = "GET /v1/discovery HTTP/1.1\r\nHost: localhost\r\n\r\n";

    [Fact]
    public async Task Reload_ChangedFiles_ServesNewConnectionsAndKeepsTheOpenOnes()
    {
        await using var endpoint = await EndpointHarness.StartAsync();
        await using var open = await endpoint.ConnectAsync();
        var before = Thumbprint(open);

        endpoint.Pki.Write(endpoint.TlsDirectory, "localhost");
        endpoint.Time.Advance(TlsCertificateWatcher.Interval);
        var source = endpoint.App.Services.GetRequiredService<TlsCertificateSource>();
        await Eventually.BecomesTrueAsync(() => source.Current.Certificate.Thumbprint != before);

        await using var next = await endpoint.ConnectAsync();
        string.Equals(Thumbprint(next), before, StringComparison.Ordinal).ShouldBeFalse();
        (await open.AskAsync(Discovery)).ShouldStartWith("HTTP/1.1 200");
        (await next.AskAsync(Discovery)).ShouldStartWith("HTTP/1.1 200");
    }

    [Theory]
    [InlineData("tls.crt", "nonsense")]
    [InlineData("tls.key", "nonsense")]
    [InlineData("tls.key", null)]
    public async Task Reload_BadFiles_AreReportedOnceAndTheOldCertificateStays(string file, string? content)
    {
        await using var endpoint = await EndpointHarness.StartAsync();
        var source = endpoint.App.Services.GetRequiredService<TlsCertificateSource>();
        var before = source.Current;
        var path = Path.Combine(endpoint.TlsDirectory, file);
        if (content is null)
        {
            File.Delete(path);
        }
        else
        {
            await File.WriteAllTextAsync(path, content);
        }

        source.Reload().ShouldBeFalse();
        source.Reload().ShouldBeFalse();

        source.Current.ShouldBeSameAs(before);
        endpoint.Logs.Lines.Count(line => line.Level == LogLevel.Error && line.Text.Contains("not taken over", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task Reload_KeyOfAnotherCertificate_IsNotTakenOver()
    {
        await using var endpoint = await EndpointHarness.StartAsync();
        var source = endpoint.App.Services.GetRequiredService<TlsCertificateSource>();
        var other = Directory.CreateTempSubdirectory("ob-");
        endpoint.Pki.Write(other.FullName, "localhost");
        File.Copy(Path.Combine(other.FullName, "tls.key"), Path.Combine(endpoint.TlsDirectory, "tls.key"), overwrite: true);
        other.Delete(recursive: true);

        source.Reload().ShouldBeFalse();
    }

    [Fact]
    public async Task Reload_SameFiles_DoesNothing()
    {
        await using var endpoint = await EndpointHarness.StartAsync();

        endpoint.App.Services.GetRequiredService<TlsCertificateSource>().Reload().ShouldBeFalse();
    }

    [Fact]
    public async Task Start_NoCertificate_RefusesAndSaysWhatIsNeeded()
    {
        var failure = await Should.ThrowAsync<TlsCertificateException>(() => EndpointHarness.StartAsync(services: services =>
            services.AddSingleton(new EndpointSettings { TlsDirectory = "/nowhere/tls" })));

        failure.Message.ShouldStartWith("/nowhere/tls/tls.crt: cannot be read");
        failure.Message.ShouldContain("onboarding.endpoint.secretName");
    }

    [Fact]
    public async Task Start_CertificateDoesNotCoverAHost_WarnsAndNamesIt()
    {
        await using var endpoint = await EndpointHarness.StartAsync(options: FakeOptionsSource.Default with { EndpointHosts = ["localhost", "127.0.0.1", "onboarding.example", "192.0.2.7"] });

        var warnings = endpoint.Logs.Lines.Where(line => line.Level == LogLevel.Warning && line.Text.Contains("does not cover", StringComparison.Ordinal)).Select(line => line.Text).ToList();
        warnings.Count.ShouldBe(2);
        warnings.ShouldContain(line => line.Contains("onboarding.example", StringComparison.Ordinal));
        warnings.ShouldContain(line => line.Contains("192.0.2.7", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Reload_HostsChangedUnderTheSameCertificate_WarnsOnceOfWhatItDoesNotCover()
    {
        await using var endpoint = await EndpointHarness.StartAsync();
        var source = endpoint.App.Services.GetRequiredService<TlsCertificateSource>();
        endpoint.Options.Current = FakeOptionsSource.Default with { EndpointHosts = ["localhost", "moved.example", $"{new string('a', 64)}.example"] };

        source.Reload();
        source.Reload();

        endpoint.Logs.Lines.Count(line => line.Text.Contains("does not cover moved.example", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task Handshake_TlsBefore12_IsRefused()
    {
        await using var endpoint = await EndpointHarness.StartAsync();

        endpoint.App.Services.GetRequiredService<TlsCertificateSource>().HandshakeOptions.EnabledSslProtocols.ShouldBe(SslProtocols.Tls12 | SslProtocols.Tls13);
    }

    [Fact]
    public async Task Handshake_Alpn_OffersHttp2AndHttp11()
    {
        await using var endpoint = await EndpointHarness.StartAsync();
        await using var two = await endpoint.ConnectAsync(protocol: SslApplicationProtocol.Http2);
        await using var one = await endpoint.ConnectAsync(protocol: SslApplicationProtocol.Http11);

        two.Stream.NegotiatedApplicationProtocol.ShouldBe(SslApplicationProtocol.Http2);
        one.Stream.NegotiatedApplicationProtocol.ShouldBe(SslApplicationProtocol.Http11);
    }

    private static string Thumbprint(RawConnection connection) => ((X509Certificate2)connection.Stream.RemoteCertificate!).Thumbprint;
}
