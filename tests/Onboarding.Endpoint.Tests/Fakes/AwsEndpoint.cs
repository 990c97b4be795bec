using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Onboarding.Attestation.Aws;
using Onboarding.Attestation.Aws.Proofs;
using Onboarding.Attestation.Challenges;
using Onboarding.Core.Configuration;
using Onboarding.Core.Policy;
using Onboarding.Core.Resources;
using Onboarding.Core.Resources.Manifests;
using Onboarding.Protocol;
using Onboarding.Protocol.Aws;
using Onboarding.Protocol.Dpop;
using Onboarding.TestKit.Aws;
using Onboarding.TestKit.Data;
using Onboarding.TestKit.Issuers;
using Onboarding.TestKit.Time;
using Onboarding.TestKit.Workloads;

namespace Onboarding.Endpoint.Tests.Fakes;

/// <summary>The endpoint with real policies, the real verification of AWS credentials, and a simulated STS behind TLS.</summary>
internal sealed class AwsEndpoint : IAsyncDisposable
{
    public const string Groups = """
        apiVersion: networking.istio.io/v1
        kind: WorkloadGroup
        metadata: {name: ratings, namespace: bookinfo, labels: {app: ratings}}
        spec: {template: {serviceAccount: ratings-vm}}
        ---
        apiVersion: networking.istio.io/v1
        kind: WorkloadGroup
        metadata: {name: reviews, namespace: bookinfo, labels: {app: reviews}}
        spec: {template: {serviceAccount: reviews-vm}}
        """;

    public static readonly ImmutableArray<string> Regions = ["us-east-2", "us-east-1", "ca-central-1", "cn-north-1"];

    // Making their keys takes longer than most tests.
    private static readonly Lazy<ImmutableDictionary<string, RegionSigner>> Signers = new(() =>
        Regions.ToImmutableDictionary(region => region, _ => new RegionSigner(), StringComparer.Ordinal));

    private readonly FakeTimeProvider time = new();
    private readonly TestPki pki = new();
    private readonly TemporaryDirectory bundle = new();
    private readonly ConcurrentDictionary<SimulatedInstance, string> documents = new();
    private SimulatedServer server = null!;

    private AwsEndpoint()
    {
        Iam = new SimulatedIam(time);
        Sts = new SimulatedSts(Iam, time);
    }

    public SimulatedIam Iam { get; }

    public SimulatedSts Sts { get; }

    public EndpointHarness Harness { get; private set; } = null!;

    public string Uid => Harness.Options.Uid;

    /// <summary>Starts one.</summary>
    /// <param name="policies">Its policies, as YAML.</param>
    /// <param name="denied">Its deny list.</param>
    /// <param name="services">What a test replaces.</param>
    public static async Task<AwsEndpoint> StartAsync(string policies, ImmutableArray<DeniedWorkload>? denied = null, Action<IServiceCollection>? services = null)
    {
        var endpoint = new AwsEndpoint();
        Directory.CreateDirectory(endpoint.bundle.Path);
        foreach (var (region, signer) in Signers.Value)
        {
            File.WriteAllText(Path.Combine(endpoint.bundle.Path, $"{region}.pem"), signer.Pem);
        }

        endpoint.server = await SimulatedServer.StartAsync(endpoint.Sts, endpoint.pki);
        endpoint.Harness = await EndpointHarness.StartAsync(options: endpoint.Options(denied ?? []), services: added =>
        {
            added.AddSingleton(endpoint.Trust());
            added.AddAwsAttestation();
            added.AddSingleton<IPolicyCatalog>(provider => new PolicyCatalog(
                new FakeResourceSource(Read(policies)),
                provider.GetRequiredService<IOptionsSource>(),
                provider.GetRequiredService<TimeProvider>(),
                NullLogger<PolicyCatalog>.Instance,
                provider.GetRequiredService<IAwsTrustSource>()));
            services?.Invoke(added);
        });
        return endpoint;
    }

    /// <summary>A challenge of this endpoint.</summary>
    public string NewNonce() => Harness.App.Services.GetRequiredService<ChallengeIssuer>().Create().Nonce;

    /// <summary>What an agent must sign to open a session here.</summary>
    public SessionBinding Bind(SessionKeyPair key, string group = "ratings", string? nonce = null) =>
        new(Uid, "localhost", nonce ?? NewNonce(), new WorkloadGroupReference("bookinfo", group), Requests.InstanceId, key.Thumbprint);

    /// <summary>What an instance shows.</summary>
    public AwsEc2Credential Show(SimulatedInstance instance, SessionBinding binding) =>
        Mint(instance.Region).Show(instance, binding) with { IdentityDocument = documents.GetOrAdd(instance with { Role = null }, Mint(instance.Region).Document) };

    public AwsMint Mint(string region) => new(Iam, Signers.Value[region], time);

    /// <summary>An instance asks to join.</summary>
    public async Task<(int Status, string Body)> JoinAsync(SimulatedInstance instance, string group = "ratings")
    {
        using var key = new SessionKeyPair();
        return await PostAsync(Show(instance, Bind(key, group)), key, group);
    }

    /// <summary>A task asks to join.</summary>
    public async Task<(int Status, string Body)> JoinAsync(SimulatedTask task, string group = "ratings")
    {
        using var key = new SessionKeyPair();
        return await PostAsync(Mint(task.Region).Show(task, Bind(key, group)), key, group);
    }

    /// <summary><c>POST /v1/sessions</c>.</summary>
    public async Task<(int Status, string Body)> PostAsync(Credential credential, SessionKeyPair key, string group = "ratings", string? instanceId = null)
    {
        var request = new OpenSessionRequest(credential, new WorkloadGroupReference("bookinfo", group), instanceId ?? Requests.InstanceId, key.Public);
        using var content = new StringContent(JsonSerializer.Serialize(request, ProtocolJson.Default.OpenSessionRequest), Encoding.UTF8, "application/json");
        using var response = await Harness.Api.PostAsync("/v1/sessions", content);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    public async ValueTask DisposeAsync()
    {
        await Harness.DisposeAsync();
        await server.DisposeAsync();
        bundle.Dispose();
        pki.Dispose();
    }

    private static ResourceSnapshot Read(string policies)
    {
        var manifest = ManifestReader.Read($"{Groups}\n---\n{policies}", "policies.yaml");
        manifest.Problems.ShouldBeEmpty();
        return new ResourceSnapshot { AsOf = new DateTimeOffset(2026, 3, 1, 11, 0, 0, TimeSpan.Zero), WorkloadGroups = [.. manifest.WorkloadGroups], Policies = [.. manifest.Policies] };
    }

    private OnboardingOptions Options(ImmutableArray<DeniedWorkload> denied) => FakeOptionsSource.Default with
    {
        Workloads = new WorkloadsOptions
        {
            Aws = new AwsAuthenticationOptions(bundle.Path, Regions.ToImmutableDictionary(region => region, _ => server.Address, StringComparer.Ordinal)),
            Denied = denied,
        },
    };

    private StsTrust Trust() => new(new X509ChainPolicy
    {
        TrustMode = X509ChainTrustMode.CustomRootTrust,
        RevocationMode = X509RevocationMode.NoCheck,
        CustomTrustStore = { pki.Authority },
    });
}
