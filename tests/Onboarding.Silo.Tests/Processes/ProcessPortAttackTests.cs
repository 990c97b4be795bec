using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography.X509Certificates;
using Onboarding.Silo.Tests.Hosting;
using Onboarding.TestKit.Data;
using Onboarding.TestKit.Issuers;

namespace Onboarding.Silo.Tests.Processes;

/// <summary>
/// Rows 36 and 37 of the threats: every port of a silo's process, from somebody without a certificate and with a stranger's. <see cref="SiloPortAttackTests"/>
/// has the port between silos.
/// </summary>
[Collection(nameof(KilledSilo))]
public sealed class ProcessPortAttackTests : IAsyncLifetime, IDisposable
{
    private static readonly (HttpMethod Method, string Path)[] Calls =
    [
        (HttpMethod.Post, "/v1/sessions/renew"),
        (HttpMethod.Put, "/v1/registration"),
        (HttpMethod.Get, "/v1/bootstrap"),
        (HttpMethod.Post, "/v1/heartbeat"),
        (HttpMethod.Post, "/v1/sidecar-token"),
        (HttpMethod.Delete, "/v1/registration"),
    ];

    private readonly TestPki pki = new();
    private readonly TestPki strangersPki = new();
    private readonly int siloPort = FreePorts.Take(1)[0];
    private readonly int gatewayPort = FreePorts.Take(1)[0];
    private X509Certificate2 strangers = null!;
    private SiloFiles files = null!;
    private SiloProcess silo = null!;

    public async Task InitializeAsync()
    {
        strangers = strangersPki.Issue("onboarding", "localhost");
        files = new SiloFiles(pki, "https://issuer.example.com", RunningSilo.InMemory(siloPort));

        // Somebody asks for a gateway in every way there is.
        silo = SiloProcess.Start(
            files,
            siloPort,
            ("Orleans__Endpoints__GatewayPort", $"{gatewayPort}"),
            ("Orleans__Endpoints__GatewayListeningEndpoint", $"0.0.0.0:{gatewayPort}"));
        await silo.UntilReadyAsync();
    }

    public Task DisposeAsync() => silo.KillAsync();

    public void Dispose()
    {
        silo.Dispose();
        files.Dispose();
        strangers.Dispose();
        strangersPki.Dispose();
        pki.Dispose();
    }

    [Fact]
    public void Gateway_WhateverTheConfigurationSays_IsNotThere() =>
        ProcessSockets.ListeningOf(silo.Id).Select(endpoint => endpoint.Port).Order()
            .ShouldBe(new[] { silo.Api.Port, silo.Packages.Port, silo.Operators.Port, siloPort }.Order());

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Api_WithoutAToken_AnswersWhatIsPublicAndRefusesTheRest(bool hasCertificate)
    {
        using var client = NewClient(silo.Api, hasCertificate);

        (await client.GetAsync(new Uri("/v1/discovery", UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.OK);
        foreach (var (method, path) in Calls)
        {
            using var call = new HttpRequestMessage(method, path) { Content = method == HttpMethod.Get ? null : JsonContent.Create(new { }) };
            using var answer = await client.SendAsync(call);
            answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized, path);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Packages_AnyCall_FindsNothing(bool hasCertificate)
    {
        using var client = NewClient(silo.Packages, hasCertificate);

        foreach (var path in Calls.Select(call => call.Path).Concat(["/", "/v1/discovery", "/install", "/metrics", "/silos"]))
        {
            (await client.GetAsync(new Uri(path, UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.NotFound, path);
        }
    }

    [Fact]
    public async Task Operators_AnythingButReading_Refused()
    {
        using var client = new HttpClient { BaseAddress = silo.Operators };

        (await client.GetAsync(new Uri("/health/live", UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.OK);
        foreach (var page in new[] { "/health/live", "/health/ready", "/metrics", "/silos" })
        {
            (await client.PostAsync(new Uri(page, UriKind.Relative), null)).StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed, page);
        }

        foreach (var path in Calls.Select(call => call.Path).Concat(["/v1/workloads", "/v1/keys/rotate", "/v1/log-levels", "/v1/denied", "/v1/backup"]))
        {
            (await client.PostAsync(new Uri(path, UriKind.Relative), null)).StatusCode.ShouldBe(HttpStatusCode.NotFound, path);
        }
    }

    private HttpClient NewClient(Uri address, bool hasCertificate)
    {
        var handler = new SocketsHttpHandler
        {
            SslOptions =
            {
                ClientCertificates = hasCertificate ? [strangers] : null,
                LocalCertificateSelectionCallback = hasCertificate ? (_, _, _, _, _) => strangers : null,
                CertificateChainPolicy = new() { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck, CustomTrustStore = { pki.Authority } },
            },
        };
        return new HttpClient(handler) { BaseAddress = address };
    }
}
