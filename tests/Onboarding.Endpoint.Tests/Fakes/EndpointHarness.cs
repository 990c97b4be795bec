using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Onboarding.Attestation;
using Onboarding.Core.Audit;
using Onboarding.Core.Configuration;
using Onboarding.Core.Policy;
using Onboarding.Core.Sessions;
using Onboarding.Core.Workloads;
using Onboarding.Endpoint.Listeners;
using Onboarding.TestKit.Issuers;
using Onboarding.TestKit.Time;

namespace Onboarding.Endpoint.Tests.Fakes;

/// <summary>The endpoint as hosts compose it, on real Kestrel and TLS on loopback, with fakes behind it.</summary>
internal sealed class EndpointHarness : IAsyncDisposable
{
    private static readonly EndpointLimits Wide = new()
    {
        FailedOpenings = new RateLimit(100_000, TimeSpan.FromSeconds(1)),
        ClaimedOpenings = new RateLimit(100_000, TimeSpan.FromSeconds(1)),
        ProvenOpenings = new RateLimit(100_000, TimeSpan.FromSeconds(1)),
        WorkloadCalls = new RateLimit(100_000, TimeSpan.FromSeconds(1)),
    };

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("ob-");
    private readonly List<HttpClient> clients = [];

    private EndpointHarness()
    {
    }

    public TestPki Pki { get; } = new();

    public FakeTimeProvider Time { get; } = new();

    public FakeSessionRegistry Sessions { get; } = new();

    public FakeWorkloadRegistry Workloads { get; } = new();

    public FakePolicyCatalog Catalog { get; } = new();

    public FakeCredentialVerifier Verifier { get; } = new();

    public FakeOptionsSource Options { get; } = new();

    public FakeAuditTrail Audit { get; } = new();

    public CollectedLogs Logs { get; } = new();

    public WebApplication App { get; private set; } = null!;

    public EndpointListeners Listeners => App.Services.GetRequiredService<EndpointListeners>();

    public string TlsDirectory => Path.Combine(folder.FullName, "tls");

    public string AdminSocket => Path.Combine(folder.FullName, "admin.sock");

    /// <summary>A client of the API.</summary>
    public HttpClient Api { get; private set; } = null!;

    public static async Task<EndpointHarness> StartAsync(EndpointLimits? limits = null, Action<IServiceCollection>? services = null, OnboardingOptions? options = null)
    {
        var harness = new EndpointHarness();
        harness.Pki.Write(harness.TlsDirectory, "localhost", "127.0.0.1");
        harness.Options.Current = options ?? FakeOptionsSource.Default;
        var builder = WebApplication.CreateSlimBuilder();
        builder.AddOnboardingEndpoint(new EndpointSettings
        {
            TlsDirectory = harness.TlsDirectory,
            ApiAddress = new IPEndPoint(IPAddress.Loopback, 0),
            PackagesAddress = new IPEndPoint(IPAddress.Loopback, 0),
            OperatorsAddress = new IPEndPoint(IPAddress.Loopback, 0),
            AdminSocket = harness.AdminSocket,
            AuditFile = Path.Combine(harness.folder.FullName, "audit.jsonl"),
            Limits = limits ?? Wide,
        });
        builder.Logging.ClearProviders().AddProvider(harness.Logs);
        builder.Services.AddSingleton<TimeProvider>(harness.Time);
        builder.Services.AddSingleton<ISessionRegistry>(harness.Sessions);
        builder.Services.AddSingleton<IWorkloadRegistry>(harness.Workloads);
        builder.Services.AddSingleton<IPolicyCatalog>(harness.Catalog);
        builder.Services.AddSingleton<ICredentialVerifier>(harness.Verifier);
        builder.Services.AddSingleton<IOptionsSource>(harness.Options);
        builder.Services.AddSingleton<IAuditTrail>(harness.Audit);
        builder.Services.AddSingleton<IChallengeKeys>(new SigningKeys(SigningKeySet.Create(harness.Time.GetUtcNow())));
        services?.Invoke(builder.Services);
        harness.App = builder.Build();
        harness.App.MapOnboardingEndpoint();
        await harness.App.StartAsync();
        harness.Api = harness.ClientOf(harness.Listeners.Api);
        return harness;
    }

    /// <summary>A client over TLS that trusts the harness' authority.</summary>
    public HttpClient ClientOf(IPEndPoint listener)
    {
        var client = new HttpClient(new SocketsHttpHandler { SslOptions = TrustOptions(), AllowAutoRedirect = false })
        {
            BaseAddress = new Uri($"https://localhost:{listener.Port}"),
            DefaultRequestVersion = HttpVersion.Version11,
        };
        clients.Add(client);
        return client;
    }

    /// <summary>A client of the operators' port.</summary>
    public HttpClient Operators()
    {
        var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{Listeners.Operators.Port}") };
        clients.Add(client);
        return client;
    }

    /// <summary>A client of the administrators' socket.</summary>
    public HttpClient Admin()
    {
        var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (_, cancellationToken) =>
            {
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(AdminSocket), cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            },
        };
        var client = new HttpClient(handler) { BaseAddress = new Uri("http://admin") };
        clients.Add(client);
        return client;
    }

    /// <summary>A bare connection to the API, with TLS or without.</summary>
    public async Task<RawConnection> ConnectAsync(byte[]? before = null, SslApplicationProtocol? protocol = null)
    {
        var options = TrustOptions();
        options.TargetHost = "localhost";
        options.ApplicationProtocols = [protocol ?? SslApplicationProtocol.Http11];
        return await RawConnection.OpenAsync(Listeners.Api, options, before);
    }

    public SslClientAuthenticationOptions TrustOptions() => new()
    {
        CertificateChainPolicy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            CustomTrustStore = { Pki.Authority },
            RevocationMode = X509RevocationMode.NoCheck,
        },
    };

    public void Reset()
    {
        Sessions.Reset();
        Workloads.Reset();
        Catalog.Reset();
        Verifier.Reset();
        Audit.Records.Clear();
        Logs.Lines.Clear();
        Options.Current = FakeOptionsSource.Default;
    }

    public async ValueTask DisposeAsync()
    {
        clients.ForEach(client => client.Dispose());
        await App.StopAsync();
        await App.DisposeAsync();
        Pki.Dispose();
        folder.Delete(recursive: true);
    }
}
