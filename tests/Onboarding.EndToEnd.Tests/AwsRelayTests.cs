using System.Globalization;
using System.Net;
using System.Text.Json;
using Onboarding.Client;
using Onboarding.EndToEnd.Tests.Support;
using Onboarding.Protocol;
using Onboarding.Protocol.Aws;
using Onboarding.Protocol.Dpop;
using Onboarding.TestKit.Aws;
using Onboarding.TestKit.Issuers;

namespace Onboarding.EndToEnd.Tests;

/// <summary>
/// Rows 23 and 24 of the threats with two real endpoints that trust the same AWS: what an instance signed for one endpoint, group, agent or
/// session is shown for another. The relay's operator takes the victim's nonces and claims the victim's uid.
/// </summary>
public sealed class AwsRelayTests : IAsyncLifetime, IDisposable
{
    private const string Uid = "https://onboarding.victim.example";
    private static readonly SimulatedInstance Instance = new("i-1234567890abcdef0");
    private static readonly WorkloadGroupReference Ratings = new("bookinfo", "ratings");
    private static readonly WorkloadGroupReference Reviews = new("bookinfo", "reviews");

    private readonly string temporary = Directory.CreateTempSubdirectory("onboarding-relay-").FullName;
    private readonly TestPki pki = new();
    private readonly RegionSigner signer = new();
    private readonly SimulatedIam iam = new();
    private readonly SessionKeyPair key = new();
    private readonly SimulatedSts sts;
    private string authority = null!;
    private SimulatedServer stsServer = null!;
    private Site ours = null!;
    private Site theirs = null!;
    private EndpointProcess victim = null!;
    private EndpointProcess relay = null!;
    private ApiClient api = null!;

    public AwsRelayTests() => sts = new SimulatedSts(iam);

    public async Task InitializeAsync()
    {
        authority = pki.WriteAuthority(Path.Combine(temporary, "sts-ca.pem"));
        stsServer = await SimulatedServer.StartAsync(sts, pki);
        ours = SiteOf("localhost");
        theirs = SiteOf("127.0.0.1");
        victim = await EndpointProcess.StartAsync(ours, pki);
        relay = await EndpointProcess.StartAsync(theirs, pki);
        api = new ApiClient(At("localhost", victim), pki.Authority);
    }

    public async Task DisposeAsync()
    {
        api.Dispose();
        await relay.DisposeAsync();
        await victim.DisposeAsync();
        await stsServer.DisposeAsync();
    }

    public void Dispose()
    {
        theirs.Dispose();
        ours.Dispose();
        key.Dispose();
        signer.Dispose();
        pki.Dispose();
        Directory.Delete(temporary, recursive: true);
    }

    [Fact]
    public async Task ProofMadeForOneEndpointShownToAnotherWithItsNonceAndUid()
    {
        var nonce = await NonceAsync();
        using var relayed = new ApiClient(At("127.0.0.1", relay), pki.Authority);
        var good = Request(Ratings, Prove(await NonceAsync(relayed), "127.0.0.1", Ratings));

        (await OpenAsync(Request(Ratings, Prove(nonce, "127.0.0.1", Ratings)))).ShouldBe(HttpStatusCode.Unauthorized);

        (await OpenAsync(good, relayed)).ShouldBe(HttpStatusCode.Created);
        (await OpenAsync(Request(Ratings, Prove(await NonceAsync(), "localhost", Ratings)))).ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task ProofMadeForOneGroupShownForAnother()
    {
        var credential = Prove(await NonceAsync(), "localhost", Ratings);

        (await OpenAsync(Request(Reviews, credential))).ShouldBe(HttpStatusCode.Unauthorized);
        (await OpenAsync(Request(Ratings, credential))).ShouldBe(HttpStatusCode.Created);
        (await OpenAsync(Request(Reviews, Prove(await NonceAsync(), "localhost", Reviews)))).ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task ProofOfOneSessionShownForAnothersKeyOrAgent()
    {
        using var thiefs = new SessionKeyPair();
        var credential = Prove(await NonceAsync(), "localhost", Ratings);
        var right = Request(Ratings, credential);

        (await OpenAsync(right with { Key = thiefs.Public })).ShouldBe(HttpStatusCode.Unauthorized);
        (await OpenAsync(right with { InstanceId = Sha256Text.Base64Url("another agent") })).ShouldBe(HttpStatusCode.Unauthorized);
        (await OpenAsync(right)).ShouldBe(HttpStatusCode.Created);
    }

    private static readonly string InstanceId = Sha256Text.Base64Url("an agent");

    private static Uri At(string host, EndpointProcess endpoint) => new($"https://{host}:{endpoint.Port.ToString(CultureInfo.InvariantCulture)}");

    private async Task<string> NonceAsync(ApiClient? of = null) => (await (of ?? api).ChallengeAsync()).Required.Nonce;

    private async Task<HttpStatusCode> OpenAsync(OpenSessionRequest request, ApiClient? at = null)
    {
        using var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(request, ProtocolJson.Default.OpenSessionRequest));
        content.Headers.ContentType = new("application/json");
        return (await (at ?? api).SendAsync(new HttpRequestMessage(HttpMethod.Post, "/v1/sessions") { Content = content }, ProtocolJson.Default.SessionResponse)).Status;
    }

    private OpenSessionRequest Request(WorkloadGroupReference group, Credential credential) => new(credential, group, InstanceId, key.Public);

    private AwsEc2Credential Prove(string nonce, string host, WorkloadGroupReference group)
    {
        AwsRegion.TryParse(Instance.Region, out var region).ShouldBeTrue();
        var binding = new SessionBinding(Uid, host, nonce, group, InstanceId, key.Thumbprint).Compute();
        var proof = StsSigner.Prove(iam.InstanceIdentity(Instance.Account, Instance.Id), region, binding, TimeProvider.System.GetUtcNow());
        return new AwsEc2Credential(nonce, signer.Sign(IdentityDocument.Of(Instance)), proof);
    }

    private Site SiteOf(string host)
    {
        var authentication = $$"""{"aws": {"trustBundle": "aws-trust", "stsEndpoints": {"{{Instance.Region}}": "{{stsServer.Address.OriginalString}}"} } }""";
        var site = new Site(pki, Uid, host, authentication, AllowInstances) { Environment = [("SSL_CERT_FILE", authority)] };
        Directory.CreateDirectory(Path.Combine(site.Root, "aws-trust"));
        File.WriteAllText(Path.Combine(site.Root, "aws-trust", $"{Instance.Region}.pem"), signer.Pem);
        return site;
    }

    private static readonly string AllowInstances = $$"""
        apiVersion: authorization.onboarding.tetrate.io/v1alpha1
        kind: OnboardingPolicy
        metadata:
          name: allow-instances
          namespace: bookinfo
        spec:
          allow:
          - workloads:
            - aws:
                accounts: ['{{Instance.Account}}']
                ec2: {}
            onboardTo:
            - workloadGroupSelector: {}
        """;
}
