using Microsoft.Extensions.DependencyInjection;
using Onboarding.Core.Configuration;
using Onboarding.Core.Identity;
using Onboarding.Core.Sessions;
using Onboarding.Endpoint.Tests.Fakes;
using Onboarding.Protocol;
using Onboarding.Protocol.Dpop;
using Onboarding.TestKit.Aws;
using Onboarding.TestKit.Entities;
using Onboarding.TestKit.Workloads;

namespace Onboarding.Endpoint.Tests.Api.Aws;

/// <summary>Rows 5, 6, 10, 19, 23, 24, 25 and 34 of the threats, through the API.</summary>
public sealed class AwsAttackTests
{
    private const string AnyInstance = """
        apiVersion: authorization.onboarding.tetrate.io/v1alpha1
        kind: OnboardingPolicy
        metadata: {name: instances, namespace: bookinfo}
        spec:
          allow:
          - workloads: [{aws: {accounts: ['123456789012'], ec2: {}}}]
            onboardTo: [{workloadGroupSelector: {}}]
        """;

    private static readonly string RatingsRole = AnyInstance.Replace("ec2: {}", "ec2: {iamRoleNames: [ratings-role]}", StringComparison.Ordinal);

    private static readonly SimulatedInstance Victim = new("i-1234567890abcdef0") { Role = "ratings-role" };
    private static readonly SimulatedInstance Attacker = new("i-0fedcba9876543210") { Role = "reviews-role" };

    [Fact]
    public async Task Discovery_AwsIsConfigured_OffersItsKinds()
    {
        await using var endpoint = await AwsEndpoint.StartAsync(AnyInstance);
        using var response = await endpoint.Harness.Api.GetAsync("/v1/discovery");

        (await response.JsonAsync())["credentials"]!.ToJsonString().ShouldBe("""["aws-ec2","aws-ecs","jwt"]""");
    }

    [Fact]
    public async Task Open_Instance_IsOpenedWithWhatItsDocumentProves()
    {
        await using var endpoint = await AwsEndpoint.StartAsync(RatingsRole);

        (await endpoint.JoinAsync(Victim)).Status.ShouldBe(201);

        var attested = endpoint.Harness.Sessions.Openings.ShouldHaveSingleItem().Attested;
        attested.Identity.ShouldBe(new AwsIdentity("aws", "123456789012", "us-east-2", "us-east-2b", Ec2: new Ec2Instance(Victim.Id, new IamRole("ratings-role"))));
        attested.VerifiedAddresses.ShouldHaveSingleItem().ToString().ShouldBe(Victim.PrivateIp);
        attested.ProvesMachine.ShouldBeTrue();
        attested.Nonce.ShouldNotBeNull();
    }

    /// <summary>A stranger of an account that no policy names provokes nothing, and learns nothing.</summary>
    [Fact]
    public async Task Attempt_AccountThatNoPolicyNames_NobodyIsAsked()
    {
        await using var endpoint = await AwsEndpoint.StartAsync(AnyInstance);

        var stranger = await endpoint.JoinAsync(Victim with { Account = "999999999999" });
        var task = await endpoint.JoinAsync(new SimulatedTask("0123456789abcdef0123456789abcdef"));
        var invented = await endpoint.JoinAsync(Victim, "invented");

        new[] { stranger, task, invented }.ShouldAllBe(answer => answer.Status == 403 && answer.Body.Contains(ProblemCodes.NotAuthorized));
        endpoint.Sts.Calls.ShouldBe(0);
    }

    [Fact]
    public async Task Attempt_SessionOfARoleNamedLikeTheVictim()
    {
        await using var endpoint = await AwsEndpoint.StartAsync(AnyInstance);
        using var key = new SessionKeyPair();
        var binding = endpoint.Bind(key);
        var session = endpoint.Iam.AssumeRole(Victim.Account, "reviews-role", Victim.Id);

        var stolen = endpoint.Show(Victim, binding) with { InstanceProof = endpoint.Mint(Victim.Region).Prove(session, Victim.Region, binding) };

        await ShouldRejectAsync(endpoint.PostAsync(stolen, key));
    }

    [Fact]
    public async Task Attempt_VictimsDocumentWithOnesOwnIdentityRole()
    {
        await using var endpoint = await AwsEndpoint.StartAsync(AnyInstance);
        using var key = new SessionKeyPair();
        var binding = endpoint.Bind(key);

        await ShouldRejectAsync(endpoint.PostAsync(endpoint.Show(Attacker, binding) with { IdentityDocument = endpoint.Show(Victim, binding).IdentityDocument }, key));
    }

    [Fact]
    public async Task Attempt_RoleProofOfAnotherInstance()
    {
        await using var endpoint = await AwsEndpoint.StartAsync(RatingsRole);
        using var key = new SessionKeyPair();
        var binding = endpoint.Bind(key);

        await ShouldRejectAsync(endpoint.PostAsync(endpoint.Show(Attacker, binding) with { RoleProof = endpoint.Show(Victim, binding).RoleProof }, key));
    }

    [Fact]
    public async Task Attempt_OneCredentialForAnotherGroupAgentOrSession()
    {
        await using var endpoint = await AwsEndpoint.StartAsync(AnyInstance);
        using var key = new SessionKeyPair();
        using var other = new SessionKeyPair();
        var credential = endpoint.Show(Victim, endpoint.Bind(key));

        await ShouldRejectAsync(endpoint.PostAsync(credential, key, "reviews"));
        await ShouldRejectAsync(endpoint.PostAsync(credential, other));
        await ShouldRejectAsync(endpoint.PostAsync(credential, key, instanceId: Base64UrlText.Encode([.. Enumerable.Repeat((byte)1, 32)])));
        await ShouldRejectAsync(endpoint.PostAsync(credential with { Nonce = endpoint.NewNonce() }, key));
        (await endpoint.PostAsync(credential, key)).Status.ShouldBe(201);
    }

    [Fact]
    public async Task Attempt_KnownAccessKeyWithAWrongSignature()
    {
        await using var endpoint = await AwsEndpoint.StartAsync(AnyInstance);
        using var key = new SessionKeyPair();
        var credential = endpoint.Show(Victim, endpoint.Bind(key));
        (await endpoint.PostAsync(credential, key)).Status.ShouldBe(201);

        await ShouldRejectAsync(endpoint.PostAsync(credential with { InstanceProof = credential.InstanceProof with { Signature = new string('a', 64) } }, key));
    }

    /// <summary>The operator of one endpoint hands an agent the challenge of another, and shows what he gets there; even under the other's uid.</summary>
    [Theory]
    [InlineData("https://onboarding.example")]
    [InlineData("https://relay.example")]
    public async Task Attempt_RelayBetweenTwoEndpoints(string uidThatTheRelaySays)
    {
        await using var victim = await AwsEndpoint.StartAsync(AnyInstance);
        await using var relay = await AwsEndpoint.StartAsync(AnyInstance);
        using var key = new SessionKeyPair();
        var bound = victim.Bind(key) with { Uid = uidThatTheRelaySays, EndpointHost = "relay.example" };

        await ShouldRejectAsync(victim.PostAsync(victim.Show(Victim, bound), key));

        var forRelay = relay.Bind(key);
        (await relay.PostAsync(relay.Show(Victim, forRelay), key)).Status.ShouldBe(201);
        await ShouldRejectAsync(victim.PostAsync(victim.Show(Victim, forRelay), key));
        victim.Harness.Sessions.Openings.ShouldBeEmpty();
    }

    /// <summary>One nonce, shown a hundred times at the same moment: the workload's decider lets one in.</summary>
    [Fact]
    public async Task Attempt_OneChallengeAnsweredAHundredTimesAtOnce()
    {
        await using var world = new RegistryWorld(new LocalEntityHosts());
        await using var endpoint = await AwsEndpoint.StartAsync(AnyInstance, services: services => services.AddSingleton<ISessionRegistry>(world.SessionRegistry));
        using var key = new SessionKeyPair();
        var credential = endpoint.Show(Victim, endpoint.Bind(key));

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => endpoint.PostAsync(credential, key)));

        answers.Count(answer => answer.Status == 201).ShouldBe(1);
        answers.Where(answer => answer.Status != 201).ShouldAllBe(answer => answer.Status == 401 || answer.Status == 429 || answer.Status == 503);
        endpoint.Harness.Audit.Records.ShouldAllBe(record => record.Code != ProblemCodes.Internal);
    }

    [Fact]
    public async Task Attempt_InventedOrExpiredChallenge_NobodyIsAsked()
    {
        await using var endpoint = await AwsEndpoint.StartAsync(AnyInstance);
        using var key = new SessionKeyPair();
        var credential = endpoint.Show(Victim, endpoint.Bind(key));
        var invented = endpoint.Show(Victim, endpoint.Bind(key, nonce: Base64UrlText.Encode(new byte[40])));
        endpoint.Harness.Time.Advance(TimeSpan.FromSeconds(60));

        await ShouldRejectAsync(endpoint.PostAsync(credential, key));
        await ShouldRejectAsync(endpoint.PostAsync(invented, key));

        endpoint.Sts.Calls.ShouldBe(0);
    }

    [Fact]
    public async Task Attempt_DeniedInstance_NobodyIsAsked()
    {
        await using var endpoint = await AwsEndpoint.StartAsync(AnyInstance, [new DeniedWorkload(Aws: new DeniedAws("123456789012", InstanceId: Victim.Id))]);

        (await endpoint.JoinAsync(Victim)).Status.ShouldBe(403);
        endpoint.Sts.Calls.ShouldBe(0);
        (await endpoint.JoinAsync(Attacker)).Status.ShouldBe(201);
    }

    /// <summary>Whoever has a denied role does not get in by keeping quiet about it.</summary>
    [Fact]
    public async Task Attempt_DeniedRoleThatIsNotShown()
    {
        await using var endpoint = await AwsEndpoint.StartAsync(AnyInstance, [new DeniedWorkload(Aws: new DeniedAws("123456789012", IamRole: "reviews-role"))]);
        using var key = new SessionKeyPair();

        (await endpoint.JoinAsync(Attacker)).Status.ShouldBe(403);
        (await endpoint.PostAsync(endpoint.Show(Attacker, endpoint.Bind(key)) with { RoleProof = null }, key)).Status.ShouldBe(403);
        (await endpoint.JoinAsync(Victim)).Status.ShouldBe(201);
    }

    [Fact]
    public async Task Open_RoleThatNoPolicyNames_IsNotAskedFor()
    {
        await using var endpoint = await AwsEndpoint.StartAsync(AnyInstance);

        (await endpoint.JoinAsync(Victim)).Status.ShouldBe(201);

        endpoint.Sts.Calls.ShouldBe(1);
        ((AwsIdentity)endpoint.Harness.Sessions.Openings.ShouldHaveSingleItem().Attested.Identity).IamRole.ShouldBeNull();
    }

    [Theory]
    [InlineData(StsMisbehaviour.Throttles)]
    [InlineData(StsMisbehaviour.Fails)]
    [InlineData(StsMisbehaviour.Xml)]
    [InlineData(StsMisbehaviour.Redirects)]
    public async Task Open_StsGivesNoVerdict_IsUnavailableAndSaysWhenToComeBack(StsMisbehaviour misbehaviour)
    {
        await using var endpoint = await AwsEndpoint.StartAsync(AnyInstance);
        endpoint.Sts.Misbehaviour = misbehaviour;
        using var key = new SessionKeyPair();
        var request = new OpenSessionRequest(endpoint.Show(Victim, endpoint.Bind(key)), new("bookinfo", "ratings"), Requests.InstanceId, key.Public);
        using var content = Requests.Json(System.Text.Json.JsonSerializer.Serialize(request, ProtocolJson.Default.OpenSessionRequest));
        using var response = await endpoint.Harness.Api.PostAsync("/v1/sessions", content);

        await response.ShouldBeProblemAsync(503, ProblemCodes.Unavailable);
        response.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(5));
    }

    /// <summary>Others join while STS does not answer: whoever waits for it has given his turn back.</summary>
    [Fact]
    public async Task Attempt_StsThatDoesNotAnswer_HoldsNobodyElseUp()
    {
        await using var endpoint = await AwsEndpoint.StartAsync(AnyInstance);
        endpoint.Sts.Misbehaviour = StsMisbehaviour.Stalls;
        var stalled = Enumerable.Range(0, 64).Select(_ => endpoint.JoinAsync(Victim)).ToArray();
        await endpoint.Sts.UntilInFlightAsync(64);

        using var other = await endpoint.Harness.Api.OpenAsync(Requests.Opening(jwt: "vm1"));
        endpoint.Sts.Release();

        // No policy names the token's issuer: an answer is what counts.
        ((int)other.StatusCode).ShouldBe(403);
        (await Task.WhenAll(stalled)).ShouldAllBe(answer => answer.Status == 201);
    }

    [Fact]
    public async Task Attempt_SecretsInLogsOrAudit_AreNotThere()
    {
        await using var endpoint = await AwsEndpoint.StartAsync(AnyInstance);
        using var key = new SessionKeyPair();
        var credential = endpoint.Show(Victim, endpoint.Bind(key));
        await endpoint.PostAsync(credential with { InstanceProof = credential.InstanceProof with { Signature = new string('a', 64) } }, key);

        var written = string.Join('\n', endpoint.Harness.Logs.Lines.Select(line => line.Text).Concat(endpoint.Harness.Audit.Records.Select(record => record.ToString())));

        written.ShouldContain(ProblemCodes.CredentialRejected);
        foreach (var secret in new[] { credential.InstanceProof.SessionToken, credential.InstanceProof.AccessKeyId, credential.Nonce, credential.IdentityDocument[..64] })
        {
            written.ShouldNotContain(secret);
        }
    }

    private static async Task ShouldRejectAsync(Task<(int Status, string Body)> answer)
    {
        var (status, body) = await answer;
        status.ShouldBe(401, body);
        body.ShouldContain(ProblemCodes.CredentialRejected);
    }
}
