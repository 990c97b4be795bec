using Microsoft.Extensions.DependencyInjection;
using Onboarding.Core;
using Onboarding.Endpoint.Api.Opening;
using Onboarding.Endpoint.Tests.Fakes;
using Onboarding.Protocol;

namespace Onboarding.Endpoint.Tests.Api.Opening;

public sealed class OpenSessionTests : IClassFixture<SharedEndpoint>
{
    private readonly EndpointHarness endpoint;

    public OpenSessionTests(SharedEndpoint shared)
    {
        endpoint = shared.Harness;
        endpoint.Reset();
    }

    [Fact]
    public void Steps_AsComposed_RunCheapestFirst() =>
        endpoint.App.Services.GetServices<ISessionStep>().Select(step => step.GetType()).ShouldBe(
        [
            typeof(ShapeStep), typeof(ClaimLimitStep), typeof(ChallengeStep), typeof(CredentialStep),
            typeof(GroupStep), typeof(ProspectStep), typeof(ProofStep), typeof(PolicyStep), typeof(ProvenLimitStep),
        ]);

    [Fact]
    public async Task Open_ProvenAndAllowed_IsCreatedByTheDecider()
    {
        var body = Requests.Opening();

        using var response = await endpoint.Api.OpenAsync(body);

        ((int)response.StatusCode).ShouldBe(201);
        response.Headers.CacheControl!.NoStore.ShouldBeTrue();
        (await response.JsonAsync()).ToJsonString().ShouldBe(
            """{"token":"the-token","expiresAt":"2026-03-01T13:00:00\u002B00:00","renewAfter":"2026-03-01T12:30:00\u002B00:00"}""");
        var opening = endpoint.Sessions.Openings.ShouldHaveSingleItem();
        opening.Attested.Identity.ShouldBe(FakeCredentialVerifier.Identity("vm1").Identity);
        opening.Group.Metadata.Name.ShouldBe("ratings");
        opening.Decision.Policy.ShouldBe("allow-vms");
        opening.PolicyVersion.ShouldBe("v1");
        opening.InstanceId.ShouldBe(Requests.InstanceId);
        opening.NonceExpiresAt.ShouldBeNull();
        opening.Peer.ShouldBe("127.0.0.1");
        new SessionKey("EC", "P-256", (string)body["key"]!["x"]!, (string)body["key"]!["y"]!).TryThumbprint(out var thumbprint).ShouldBeTrue();
        opening.KeyThumbprint.ShouldBe(thumbprint);
        endpoint.Verifier.Requests.ShouldHaveSingleItem().ShouldBe(new(new("bookinfo", "ratings"), Requests.InstanceId, thumbprint!, "localhost"));
    }

    [Fact]
    public async Task Open_CredentialRejected_DoesNotLookForTheGroupAndIsAudited()
    {
        using var response = await endpoint.Api.OpenAsync(Requests.Opening(jwt: "bad"));

        var problem = await response.ShouldBeProblemAsync(401, ProblemCodes.CredentialRejected);
        endpoint.Catalog.Asked.ShouldBe(0);
        endpoint.Sessions.Openings.ShouldBeEmpty();
        var record = endpoint.Audit.Records.ShouldHaveSingleItem();
        record.Act.ShouldBe("session.open");
        record.Verdict.ShouldBe("refused");
        record.Code.ShouldBe(ProblemCodes.CredentialRejected);
        record.Reason.ShouldBe("the signature is not the issuer's");
        record.CredentialHash.ShouldBe(Sha256Text.Hex("bad"));
        record.Group.ShouldBe("bookinfo/ratings");
        record.CorrelationId.ShouldBe((string?)problem["instance"]);
        record.Peer.ShouldBe("127.0.0.1");
    }

    [Fact]
    public async Task Open_KindNotConfigured_IsRejected()
    {
        endpoint.Verifier.IsEnabled = false;

        using var response = await endpoint.Api.OpenAsync();

        await response.ShouldBeProblemAsync(401, ProblemCodes.CredentialRejected);
        endpoint.Verifier.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Open_CredentialBoundToAnotherKey_IsRejected()
    {
        endpoint.Verifier.BoundKey = "another-thumbprint";

        using var response = await endpoint.Api.OpenAsync();

        await response.ShouldBeProblemAsync(401, ProblemCodes.CredentialRejected);
        endpoint.Sessions.Openings.ShouldBeEmpty();
    }

    [Fact]
    public async Task Open_IssuerAway_IsUnavailable()
    {
        endpoint.Verifier.Refusal = new Refusal(ProblemCodes.Unavailable, "the keys of the issuer cannot be had", RetryAfter: TimeSpan.FromSeconds(30));

        using var response = await endpoint.Api.OpenAsync();

        await response.ShouldBeProblemAsync(503, ProblemCodes.Unavailable);
        response.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(30));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Open_NoVerdict_IsUnavailableAndAsksNobody(bool neverListed)
    {
        endpoint.Catalog.AsOf = neverListed ? null : endpoint.Catalog.AsOf;
        endpoint.Catalog.Version = neverListed ? "v1" : null;

        using var response = await endpoint.Api.OpenAsync();

        await response.ShouldBeProblemAsync(503, ProblemCodes.Unavailable);
        response.Headers.RetryAfter.ShouldNotBeNull();
        endpoint.Sessions.Openings.ShouldBeEmpty();
    }

    [Fact]
    public async Task Open_RefusedByTheDecider_IsNotAuditedTwice()
    {
        endpoint.Sessions.OnOpen = _ => new Refusal(ProblemCodes.IdentityInUse, "live lease", RetryAfter: TimeSpan.FromSeconds(60));

        using var response = await endpoint.Api.OpenAsync();

        await response.ShouldBeProblemAsync(409, ProblemCodes.IdentityInUse);
        response.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(60));
        endpoint.Audit.Records.ShouldBeEmpty();
    }

    /// <summary>Row 20.</summary>
    [Fact]
    public async Task Attacker_ProbesForGroupsAndNamespaces_SeesEqualAnswers()
    {
        string[] answers =
        [
            await AnswerAsync("bookinfo", "reviews"),
            await AnswerAsync("bookinfo", "no-such-group"),
            await AnswerAsync("no-such-namespace", "ratings"),
        ];

        answers.Distinct(StringComparer.Ordinal).ShouldHaveSingleItem().ShouldContain(ProblemCodes.NotAuthorized);
        endpoint.Audit.Records.Select(record => record.Reason).Distinct(StringComparer.Ordinal).Count().ShouldBe(2);
        endpoint.Sessions.Openings.ShouldBeEmpty();
    }

    /// <summary>Row 35.</summary>
    [Fact]
    public async Task Attacker_InventsGroupsAndNamespaces_ReachesNoDecider()
    {
        for (var index = 0; index < 20; index++)
        {
            using var response = await endpoint.Api.OpenAsync(Requests.Opening(ns: $"ns-{index}", group: $"g-{index}"));
            await response.ShouldBeProblemAsync(403, ProblemCodes.NotAuthorized);
        }

        endpoint.Sessions.Openings.ShouldBeEmpty();
        endpoint.Sessions.Calls.ShouldBeEmpty();
    }

    private async Task<string> AnswerAsync(string ns, string group)
    {
        using var response = await endpoint.Api.OpenAsync(Requests.Opening(ns: ns, group: group));
        var problem = await response.JsonAsync();
        problem.Remove("instance");
        var headers = response.Headers.Concat(response.Content.Headers)
            .Where(header => header.Key is not "Date")
            .Select(header => $"{header.Key}: {string.Join(',', header.Value)}");
        return $"{(int)response.StatusCode} {string.Join('|', headers)} {problem.ToJsonString()}";
    }
}
