using System.Net;
using Onboarding.Core;
using Onboarding.Core.Entities;
using Onboarding.Core.Workloads;
using Onboarding.Endpoint.Api.Problems;
using Onboarding.Endpoint.Tests.Fakes;
using Onboarding.Protocol;

namespace Onboarding.Endpoint.Tests.Api.Calls;

public sealed class CallTests : IClassFixture<SharedEndpoint>
{
    private readonly EndpointHarness endpoint;

    public CallTests(SharedEndpoint shared)
    {
        endpoint = shared.Harness;
        endpoint.Reset();
    }

    public static TheoryData<string, string, string?, bool> BearerCalls => new()
    {
        { "POST", "/v1/sessions/renew", null, true },
        { "PUT", "/v1/registration", Requests.Registration, true },
        { "GET", "/v1/bootstrap", null, true },
        { "POST", "/v1/sidecar-token", null, true },
        { "POST", "/v1/heartbeat", Requests.Heartbeat, false },
        { "DELETE", "/v1/registration", null, true },
    };

    public static TheoryData<string> Codes => [.. ProblemCatalog.All.Select(kind => kind.Code)];

    [Fact]
    public async Task Discovery_AnyClient_SaysWhatItMustKnowBeforeAttesting()
    {
        using var response = await endpoint.Api.GetAsync("/v1/discovery");

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Headers.CacheControl!.NoStore.ShouldBeTrue();
        response.Headers.Date.ShouldNotBeNull();
        (await response.JsonAsync()).ToJsonString().ShouldBe(
            """{"uid":"https://onboarding.example","heartbeatInterval":"30s","minAgentVersion":"0.0.0","credentials":["jwt"]}""");
    }

    [Fact]
    public async Task Discovery_KindNotConfigured_IsNotOffered()
    {
        endpoint.Verifier.IsEnabled = false;

        using var response = await endpoint.Api.GetAsync("/v1/discovery");

        (await response.JsonAsync())["credentials"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task Challenge_AnyClient_GetsANonceThatExpiresWithinAMinute()
    {
        using var response = await endpoint.Api.PostAsync("/v1/challenges", content: null);

        var json = await response.JsonAsync();
        Base64UrlText.TryDecode((string?)json["nonce"], out var nonce).ShouldBeTrue();
        nonce!.Length.ShouldBe(40);
        ((DateTimeOffset)json["expiresAt"]!).ShouldBeInRange(endpoint.Time.GetUtcNow().AddSeconds(58), endpoint.Time.GetUtcNow().AddSeconds(60));
    }

    [Theory]
    [MemberData(nameof(BearerCalls))]
    public async Task BearerCall_Granted_WasAuthenticatedWithWhatTheRequestCarried(string method, string path, string? body, bool needsProof)
    {
        using var response = await endpoint.Api.CallAsync(method, path, body);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Headers.CacheControl!.NoStore.ShouldBeTrue();
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
        var call = endpoint.Sessions.Calls.ShouldHaveSingleItem();
        call.Token.ShouldBe("a.b.c");
        call.NeedsProof.ShouldBe(needsProof);
        call.Proof.ShouldBe(needsProof ? "d.e.f" : null);
        call.Method.ShouldBe(method);
        call.Path.ShouldBe(path);
        call.Peer.ShouldBe("127.0.0.1");
        call.CorrelationId.Length.ShouldBe(32);
    }

    [Theory]
    [MemberData(nameof(BearerCalls))]
    public async Task BearerCall_WithoutToken_IsRefusedBeforeAnythingIsAsked(string method, string path, string? body, bool needsProof)
    {
        _ = needsProof;
        using var response = await endpoint.Api.CallAsync(method, path, body, headers => headers.Authorization = null);

        await response.ShouldBeProblemAsync(401, ProblemCodes.TokenInvalid);
        response.Headers.WwwAuthenticate.ToString().ShouldBe("Bearer");
        endpoint.Sessions.Calls.ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(BearerCalls))]
    public async Task BearerCall_TokenRefused_DoesNotReachTheWorkload(string method, string path, string? body, bool needsProof)
    {
        _ = needsProof;
        endpoint.Sessions.OnAuthenticate = _ => new Refusal(ProblemCodes.TokenExpired, "it expired");
        endpoint.Workloads.Refuse = () => throw new InvalidOperationException("asked");

        using var response = await endpoint.Api.CallAsync(method, path, body);

        await response.ShouldBeProblemAsync(401, ProblemCodes.TokenExpired);
    }

    [Theory]
    [InlineData("Basic YTpi")]
    [InlineData("Bearer")]
    [InlineData("a.b.c")]
    public async Task BearerCall_OtherScheme_IsRefused(string authorization)
    {
        using var response = await endpoint.Api.CallAsync("GET", "/v1/bootstrap", headers: headers =>
        {
            headers.Authorization = null;
            headers.TryAddWithoutValidation("Authorization", authorization);
        });

        await response.ShouldBeProblemAsync(401, ProblemCodes.TokenInvalid);
    }

    [Fact]
    public async Task BearerCall_TokenLongerThan16KiB_IsRefusedBeforeItIsParsed()
    {
        using var response = await endpoint.Api.CallAsync("GET", "/v1/bootstrap", headers: headers =>
            headers.Authorization = new("Bearer", new string('a', (16 * 1024) + 1)));

        await response.ShouldBeProblemAsync(401, ProblemCodes.TokenInvalid);
        endpoint.Sessions.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task BearerCall_TwoProofs_IsRefused()
    {
        await using var connection = await endpoint.ConnectAsync();

        var response = await connection.AskAsync("GET /v1/bootstrap HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer a.b.c\r\nDPoP: d.e.f\r\nDPoP: g.h.i\r\n\r\n");

        response.ShouldStartWith("HTTP/1.1 401");
        response.ShouldContain(ProblemCodes.TokenInvalid);
        endpoint.Sessions.Calls.ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public async Task BearerCall_RefusedByTheWorkload_SaysTheCodeAndKeepsTheReason(string code)
    {
        endpoint.Workloads.Refuse = () => new Refusal(code, "the secret reason");

        using var response = await endpoint.Api.CallAsync("POST", "/v1/heartbeat", Requests.Heartbeat);

        var kind = ProblemCatalog.Find(code);
        var problem = await response.ShouldBeProblemAsync(kind.Status, code);
        ((string?)problem["title"]).ShouldBe(kind.Title);
        problem.ToJsonString().ShouldNotContain("secret");
        var instance = (string)problem["instance"]!;
        endpoint.Sessions.Calls.Single().CorrelationId.ShouldBe(instance);
        endpoint.Logs.Lines.Any(line => line.Text.Contains("the secret reason", StringComparison.Ordinal) && line.Text.Contains(instance, StringComparison.Ordinal))
            .ShouldBe(kind.Status != 429, "a flood is not logged line by line");
        (response.Headers.RetryAfter is not null).ShouldBe(kind.Status is 429 or 503);
    }

    [Fact]
    public async Task BearerCall_RefusedWithTimeToWait_SaysItInWholeSeconds()
    {
        endpoint.Workloads.Refuse = () => new Refusal(ProblemCodes.IdentityInUse, "live", RetryAfter: TimeSpan.FromSeconds(41.2));

        using var response = await endpoint.Api.CallAsync("PUT", "/v1/registration", Requests.Registration);

        response.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(42));
    }

    [Fact]
    public async Task BearerCall_HostUnavailable_IsToldToComeBack()
    {
        endpoint.Workloads.Refuse = () => throw new UnavailableException("the disk is away");

        using var response = await endpoint.Api.CallAsync("POST", "/v1/heartbeat", Requests.Heartbeat);

        (await response.ShouldBeProblemAsync(503, ProblemCodes.Unavailable)).ToJsonString().ShouldNotContain("disk");
        response.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task BearerCall_Fault_IsLoggedAndNotTold()
    {
        endpoint.Workloads.Refuse = () => throw new InvalidOperationException("secret of the stack");

        using var response = await endpoint.Api.CallAsync("POST", "/v1/heartbeat", Requests.Heartbeat);

        var problem = await response.ShouldBeProblemAsync(500, ProblemCodes.Internal);
        problem.ToJsonString().ShouldNotContain("secret");
        endpoint.Logs.Lines.ShouldContain(line => line.Text.Contains((string)problem["instance"]!, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Registration_Granted_HandsOverBodyAndPeer()
    {
        using var response = await endpoint.Api.CallAsync("PUT", "/v1/registration", Requests.Registration);

        (await response.JsonAsync()).ToJsonString().ShouldBe("""{"name":"ratings-jwt-corp--vm1","bootstrapRevision":"rev-1"}""");
        var (registration, peer) = endpoint.Workloads.Registrations.ShouldHaveSingleItem();
        registration.Host.Addresses.ShouldHaveSingleItem().Ip.ShouldBe("192.0.2.10");
        peer.ShouldBe(IPAddress.Loopback);
    }

    [Fact]
    public async Task Heartbeat_Granted_SaysRevisionTurnAndNext()
    {
        using var response = await endpoint.Api.CallAsync("POST", "/v1/heartbeat", Requests.Heartbeat);

        (await response.JsonAsync()).ToJsonString().ShouldBe("""{"restart":"hold","nextHeartbeat":"30s","bootstrapRevision":"rev-1"}""");
    }

    [Fact]
    public async Task Leave_Granted_SaysHowLongToKeepTheSidecar()
    {
        using var response = await endpoint.Api.CallAsync("DELETE", "/v1/registration");

        (await response.JsonAsync()).ToJsonString().ShouldBe("""{"propagationDelay":"10s"}""");
    }

    [Fact]
    public async Task Bootstrap_Granted_CarriesItsRevisionAsETag()
    {
        using var response = await endpoint.Api.CallAsync("GET", "/v1/bootstrap");

        response.Headers.ETag!.ToString().ShouldBe("\"rev-1\"");
        ((string?)(await response.JsonAsync())["proxyConfig"]!["discoveryAddress"]).ShouldBe("istiod.istio-system.svc:15012");
    }

    [Theory]
    [InlineData("\"rev-1\"", 304)]
    [InlineData("\"rev-0\", W/\"rev-1\"", 304)]
    [InlineData("*", 304)]
    [InlineData("\"rev-0\"", 200)]
    [InlineData("rev-1", 200)]
    public async Task Bootstrap_IfNoneMatch_AnswersWithoutBodyWhereItIsKnown(string known, int status)
    {
        using var response = await endpoint.Api.CallAsync("GET", "/v1/bootstrap", headers: headers => headers.TryAddWithoutValidation("If-None-Match", known));

        ((int)response.StatusCode).ShouldBe(status);
        response.Headers.CacheControl!.NoStore.ShouldBeTrue();
        (await response.Content.ReadAsStringAsync()).Length.ShouldBe(status == 304 ? 0 : (int)response.Content.Headers.ContentLength!);
    }

    [Fact]
    public async Task SidecarToken_NoSourceOfTokens_HasNoContent()
    {
        var before = endpoint.Workloads.Token;
        endpoint.Workloads.Token = new SidecarTokenGrant(null);

        using var response = await endpoint.Api.CallAsync("POST", "/v1/sidecar-token");

        endpoint.Workloads.Token = before;
        response.StatusCode.ShouldBe(HttpStatusCode.NoContent);
    }

    [Theory]
    [InlineData("onboarding-agent/nonsense", 426)]
    [InlineData("onboarding-agent/0.1.0", 200)]
    [InlineData("onboarding-agent/0.0.0-rc.1", 200)]
    [InlineData("curl/8.5.0", 200)]
    public async Task AnyCall_UserAgent_IsServedUnlessItIsAnAgentTooOld(string userAgent, int status)
    {
        using var response = await endpoint.Api.CallAsync("POST", "/v1/heartbeat", Requests.Heartbeat, headers => headers.TryAddWithoutValidation("User-Agent", userAgent));

        ((int)response.StatusCode).ShouldBe(status);
    }

    [Fact]
    public async Task Discovery_AgentTooOld_IsServedSoThatItLearnsWhichIsNot()
    {
        using var response = await endpoint.Api.CallAsync("GET", "/v1/discovery", headers: headers => headers.TryAddWithoutValidation("User-Agent", "onboarding-agent/nonsense"));

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task AnyCall_OverHttp2_IsAnsweredAlike()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/discovery") { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact };

        using var response = await endpoint.Api.SendAsync(request);

        response.Version.ShouldBe(HttpVersion.Version20);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
    }
}
