using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Onboarding.Silo.Tests.Hosting;
using Onboarding.Silo.Tests.Processes;
using Onboarding.TestKit.Data;
using Onboarding.TestKit.Issuers;

namespace Onboarding.Silo.Tests.Draining;

/// <summary>A silo that was told to stop and drains for as long as the test lasts.</summary>
public sealed class SiloDrainingTests : IAsyncLifetime, IDisposable
{
    private static readonly Uri Discovery = new("/v1/discovery", UriKind.Relative);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TestPki pki = new();
    private readonly CancellationTokenSource enough = new();
    private int connections;
    private SiloFiles files = null!;
    private RunningSilo silo = null!;

    public async Task InitializeAsync()
    {
        var port = FreePorts.Take(1)[0];
        files = new SiloFiles(pki, "https://issuer.example.com", RunningSilo.InMemory(port, drainFor: "00:05:00"));
        silo = await RunningSilo.StartAsync(pki, files, port);
    }

    public async Task DisposeAsync() => await silo.DisposeAsync();

    public void Dispose()
    {
        files.Dispose();
        pki.Dispose();
        enough.Dispose();
    }

    [Fact]
    public async Task Stop_WhileItDrains_NotReadyAndServesOn()
    {
        using var client = NewClient(HttpVersion.Version11);

        var stopped = silo.StopAsync(enough.Token);
        await UntilItDrainsAsync();

        using var ready = await silo.Operators.GetAsync(new Uri("/health/ready", UriKind.Relative));
        ready.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await ready.Content.ReadAsStringAsync()).ShouldContain("the silo is about to stop");
        (await client.GetAsync(Discovery)).StatusCode.ShouldBe(HttpStatusCode.OK);
        stopped.IsCompleted.ShouldBeFalse();
        await EndAsync(stopped);
    }

    [Fact]
    public async Task Stop_ClientOfHttp1_IsToldToConnectAnew()
    {
        using var client = NewClient(HttpVersion.Version11);
        (await client.GetAsync(Discovery)).Headers.ConnectionClose.ShouldNotBe(true);

        var stopped = silo.StopAsync(enough.Token);
        await UntilItDrainsAsync();

        using var answer = await client.GetAsync(Discovery);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Headers.ConnectionClose.ShouldBe(true);
        await EndAsync(stopped);
    }

    [Fact]
    public async Task Stop_ClientOfHttp2_IsSentElsewhereWithoutLosingACall()
    {
        using var client = NewClient(HttpVersion.Version20);
        (await client.GetAsync(Discovery)).Version.ShouldBe(HttpVersion.Version20);
        connections.ShouldBe(1);

        var stopped = silo.StopAsync(enough.Token);
        await UntilItDrainsAsync();

        // GOAWAY comes on the heels of an answer.
        using var patience = new CancellationTokenSource(Patience);
        while (connections == 1)
        {
            (await client.GetAsync(Discovery, patience.Token)).StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        await EndAsync(stopped);
    }

    private async Task UntilItDrainsAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        while ((await silo.Operators.GetAsync(new Uri("/health/ready", UriKind.Relative), patience.Token)).StatusCode == HttpStatusCode.OK)
        {
            await Task.Yield();
        }
    }

    private async Task EndAsync(Task stopped)
    {
        await enough.CancelAsync();
        await stopped.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
    }

    private HttpClient NewClient(Version version)
    {
        var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (context, cancellationToken) =>
            {
                Interlocked.Increment(ref connections);
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
                await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            },
            SslOptions =
            {
                CertificateChainPolicy = new()
                {
                    TrustMode = X509ChainTrustMode.CustomRootTrust,
                    RevocationMode = X509RevocationMode.NoCheck,
                    CustomTrustStore = { pki.Authority },
                },
            },
        };
        return new HttpClient(handler) { BaseAddress = silo.ApiAddress, DefaultRequestVersion = version, DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact };
    }
}
