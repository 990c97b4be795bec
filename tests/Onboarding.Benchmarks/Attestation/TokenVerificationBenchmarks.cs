using System.Text;
using System.Text.Json.Nodes;
using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.DependencyInjection;
using Onboarding.Attestation;
using Onboarding.Attestation.Oidc;
using Onboarding.Attestation.Oidc.Keys;
using Onboarding.Core.Configuration;
using Onboarding.Protocol;
using Onboarding.TestKit.Issuers;
using Onboarding.TestKit.Time;

namespace Onboarding.Benchmarks.Attestation;

/// <summary>What a token costs beyond its signature: all checks, with keys at hand, against the library's verification of the same bytes.</summary>
public class TokenVerificationBenchmarks
{
    private const string Issuer = "https://issuer.example";
    private const string Uid = "https://onboarding.example";

    private readonly FakeTimeProvider time = new();
    private readonly AttestationRequest request = new(new WorkloadGroupReference("bookinfo", "ratings"), "instance", "thumbprint");
    private ICredentialVerifier verifier = null!;
    private JwtCredential credential = null!;
    private JwsCompact parts;
    private VerificationKey bare = null!;
    private JwtAlgorithm algorithm = null!;

    /// <summary>The token's algorithm.</summary>
    [Params("RS256", "ES256")]
    public string Algorithm { get; set; } = "";

    /// <summary>Makes a key, a token and the verifier.</summary>
    [GlobalSetup]
    public void SetUp()
    {
        using var key = new TestIssuerKey("key-1", Algorithm);
        var jwks = TestToken.KeySet(key.Jwk());
        var issuer = new JwtIssuerOptions { Issuer = Issuer, ShortName = "test", Jwks = jwks, AttributesPath = ".vm" };
        verifier = new ServiceCollection()
            .AddLogging()
            .AddSingleton<TimeProvider>(time)
            .AddSingleton<IOptionsSource>(new FixedOptions(issuer))
            .AddOidcAttestation()
            .BuildServiceProvider()
            .GetRequiredService<ICredentialVerifier>();
        credential = new JwtCredential(TestToken.Mint(key, Issuer, "vm007", Uid, time.GetUtcNow(), claims =>
            claims["vm"] = new JsonObject { ["region"] = "us-east", ["datacenter"] = "datacenter1" }));
        JwsCompact.TryRead(credential.Jwt, out parts, out _);
        algorithm = JwtAlgorithm.Find(Algorithm)!;
        bare = JwkSetReader.Read(Encoding.UTF8.GetBytes(jwks)).Find("key-1", algorithm).Key!;
    }

    /// <summary>The signature alone.</summary>
    [Benchmark(Baseline = true)]
    public bool Signature() => bare.Verify(algorithm, parts.SigningInput, parts.Signature);

    /// <summary>The token.</summary>
    [Benchmark]
    public async Task<bool> Token() => (await verifier.VerifyAsync(credential, request, CancellationToken.None)).IsGranted;

    private sealed class FixedOptions(JwtIssuerOptions issuer) : IOptionsSource
    {
        public event Action? Changed
        {
            add { }
            remove { }
        }

        public OnboardingOptions Current { get; } = new()
        {
            EndpointHosts = ["onboarding.example"],
            TlsSecretName = "tls",
            Workloads = new WorkloadsOptions { JwtIssuers = [issuer] },
        };

        public string Uid => TokenVerificationBenchmarks.Uid;
    }
}
