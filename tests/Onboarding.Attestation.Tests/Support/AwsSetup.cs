using System.Collections.Immutable;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.DependencyInjection;
using Onboarding.Attestation.Aws;
using Onboarding.Attestation.Aws.Proofs;
using Onboarding.Core;
using Onboarding.Core.Configuration;
using Onboarding.Core.Identity;
using Onboarding.Protocol;
using Onboarding.Protocol.Aws;
using Onboarding.TestKit.Aws;
using Onboarding.TestKit.Data;
using Onboarding.TestKit.Issuers;
using Onboarding.TestKit.Time;

namespace Onboarding.Attestation.Tests.Support;

/// <summary>The verifiers as they are registered, a trust bundle of one region, and a simulated STS behind real TLS on loopback.</summary>
internal sealed class AwsSetup : IAsyncDisposable
{
    public const string Uid = "https://onboarding.example";
    public const string Host = "onboarding.example";
    public const string Region = "us-east-2";
    public static readonly SimulatedInstance Victim = new("i-1234567890abcdef0") { Role = "ratings-role" };
    public static readonly SimulatedInstance Attacker = new("i-0fedcba9876543210") { Role = "reviews-role", PrivateIp = "10.0.0.66" };
    public static readonly SimulatedTask OneTask = new("0123456789abcdef0123456789abcdef");
    public static readonly AttestationRequest Request = new(new WorkloadGroupReference("bookinfo", "ratings"), "instance", "thumbprint", Host);

    // Making its key takes longer than most tests.
    private static readonly RegionSigner Signer = new();

    private readonly TestPki pki = new();
    private readonly TemporaryDirectory bundle = new();
    private SimulatedServer server = null!;
    private ServiceProvider services = null!;

    private AwsSetup()
    {
        Iam = new SimulatedIam(Time);
        Sts = new SimulatedSts(Iam, Time);
        Mint = new AwsMint(Iam, Signer, Time);
    }

    public FakeTimeProvider Time { get; } = new();

    public SimulatedIam Iam { get; }

    public SimulatedSts Sts { get; }

    public AwsMint Mint { get; }

    public T Get<T>()
        where T : notnull => services.GetRequiredService<T>();

    public static async Task<AwsSetup> StartAsync(params ImmutableArray<string> hosts)
    {
        var setup = new AwsSetup();
        TrustBundles.Write(setup.bundle.Path, (Region, Signer.Pem));
        setup.server = await SimulatedServer.StartAsync(setup.Sts, setup.pki);
        var options = new FixedOptions(setup.bundle.Path, setup.server.Address, hosts.IsEmpty ? [Host] : hosts);
        setup.services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<IOptionsSource>(options)
            .AddSingleton<TimeProvider>(setup.Time)
            .AddSingleton(setup.Trust())
            .AddAwsAttestation()
            .BuildServiceProvider();
        return setup;
    }

    /// <summary>What a credential must be bound to, to be good for <see cref="Request"/>.</summary>
    public static SessionBinding Binding(string nonce = "nonce") =>
        new(Uid, Host, nonce, Request.Group, Request.InstanceId, Request.KeyThumbprint);

    /// <summary>All that can be verified without asking.</summary>
    public Outcome<IClaim> Examine(Credential credential, AttestationRequest? request = null) =>
        services.GetServices<IClaimVerifier>().Single(verifier => verifier.Kind == credential.Kind).Examine(credential, request ?? Request);

    /// <summary>Examines and asks.</summary>
    public async Task<Outcome<AttestedIdentity>> ShowAsync(Credential credential, AttestationRequest? request = null, bool withRole = true)
    {
        var claim = Examine(credential, request);
        return claim.IsGranted ? await claim.Value.ProveAsync(withRole, CancellationToken.None) : claim.Refusal;
    }

    /// <summary>Shows a credential that must be refused, and says why it was.</summary>
    public async Task<string> ShouldRefuseAsync(Credential credential, AttestationRequest? request = null, string code = ProblemCodes.CredentialRejected)
    {
        var outcome = await ShowAsync(credential, request);
        outcome.Value.ShouldBeNull();
        outcome.Refusal!.Code.ShouldBe(code, outcome.Refusal.Reason);
        outcome.Refusal.Field.ShouldBeNull();
        return outcome.Refusal.Reason;
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        await server.DisposeAsync();
        bundle.Dispose();
        pki.Dispose();
    }

    private StsTrust Trust() => new(new X509ChainPolicy
    {
        TrustMode = X509ChainTrustMode.CustomRootTrust,
        RevocationMode = X509RevocationMode.NoCheck,
        CustomTrustStore = { pki.Authority },
    });

    private sealed class FixedOptions(string bundle, Uri sts, ImmutableArray<string> hosts) : IOptionsSource
    {
        public event Action? Changed
        {
            add { }
            remove { }
        }

        public string Uid => AwsSetup.Uid;

        public OnboardingOptions Current { get; } = new()
        {
            EndpointHosts = hosts,
            TlsSecretName = "tls",
            Workloads = new WorkloadsOptions
            {
                Aws = new AwsAuthenticationOptions(bundle, ImmutableDictionary<string, Uri>.Empty.Add(Region, sts)),
            },
        };
    }
}
