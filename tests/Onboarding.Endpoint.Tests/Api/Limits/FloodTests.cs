using System.Net;
using Onboarding.Core.Configuration;
using Onboarding.Endpoint.Listeners;
using Onboarding.Endpoint.Tests.Fakes;
using Onboarding.Protocol;

namespace Onboarding.Endpoint.Tests.Api.Limits;

/// <summary>Row 19: somebody tries to stop others from joining.</summary>
public sealed class FloodTests
{
    private static readonly EndpointLimits Narrow = new()
    {
        FailedOpenings = new RateLimit(3, TimeSpan.FromSeconds(10)),
        ClaimedOpenings = new RateLimit(3, TimeSpan.FromSeconds(10)),
        ProvenOpenings = new RateLimit(3, TimeSpan.FromSeconds(10)),
        WorkloadCalls = new RateLimit(3, TimeSpan.FromSeconds(10)),
    };

    [Fact]
    public async Task Attacker_FailsAgainAndAgain_IsStoppedBeforeAnythingIsVerified()
    {
        await using var endpoint = await StartAsync();
        for (var index = 0; index < 3; index++)
        {
            using var failed = await OpenFromAsync(endpoint, "198.51.100.1", jwt: "bad", instance: index);
            await failed.ShouldBeProblemAsync(401, ProblemCodes.CredentialRejected);
        }

        using var limited = await OpenFromAsync(endpoint, "198.51.100.1", jwt: "bad", instance: 9);

        await limited.ShouldBeProblemAsync(429, ProblemCodes.RateLimited);
        limited.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(10));
        endpoint.Verifier.Requests.Count.ShouldBe(3);
    }

    [Fact]
    public async Task Attacker_FailsFromAnotherAddress_DoesNotStopTheVictim()
    {
        await using var endpoint = await StartAsync();
        for (var index = 0; index < 6; index++)
        {
            // The victim's own group and instanceId, in its name.
            using var forged = await OpenFromAsync(endpoint, "198.51.100.66", jwt: "bad", instance: 1);
        }

        using var victim = await OpenFromAsync(endpoint, "198.51.100.1", jwt: "vm1", instance: 1);

        ((int)victim.StatusCode).ShouldBe(201);
    }

    [Fact]
    public async Task MachinesThatNoPolicyAllows_BehindTheAddressOfAFleet_DoNotStopItFromJoining()
    {
        await using var endpoint = await StartAsync();
        for (var index = 0; index < 20; index++)
        {
            using var refused = await OpenFromAsync(endpoint, "198.51.100.1", jwt: $"vm{index}", instance: index, group: "reviews");
            await refused.ShouldBeProblemAsync(403, ProblemCodes.NotAuthorized);
        }

        using var joined = await OpenFromAsync(endpoint, "198.51.100.1", jwt: "vm1", instance: 99);

        ((int)joined.StatusCode).ShouldBe(201);
    }

    [Theory]
    [InlineData("reviews")]
    [InlineData("invented")]
    public async Task Attacker_WithOneIdentityThatIsNotAllowed_IsStoppedBeforeAnythingIsVerified(string group)
    {
        await using var endpoint = await StartAsync();
        for (var index = 0; index < 6; index++)
        {
            using var refused = await OpenFromAsync(endpoint, "198.51.100.66", jwt: "vm1", instance: index, group: $"{group}{(group == "invented" ? index : "")}");
        }

        var verified = endpoint.Verifier.Requests.Count;
        using var limited = await OpenFromAsync(endpoint, "198.51.100.66", jwt: "vm1", instance: 9);

        await limited.ShouldBeProblemAsync(429, ProblemCodes.RateLimited);
        endpoint.Verifier.Requests.Count.ShouldBe(verified);
    }

    [Fact]
    public async Task Attacker_PicksAddressesOfItsSubnet_IsOneClient()
    {
        await using var endpoint = await StartAsync();
        for (var index = 0; index < 3; index++)
        {
            using var failed = await OpenFromAsync(endpoint, $"2001:db8:0:1::{index}", jwt: "bad", instance: index);
        }

        using var limited = await OpenFromAsync(endpoint, "2001:db8:0:1:ffff::1", jwt: "bad", instance: 9);
        using var other = await OpenFromAsync(endpoint, "2001:db8:0:2::1", jwt: "vm1", instance: 9);

        await limited.ShouldBeProblemAsync(429, ProblemCodes.RateLimited);
        ((int)other.StatusCode).ShouldBe(201);
    }

    [Fact]
    public async Task Fleet_BehindOneAddress_IsNotLimitedBySuccesses()
    {
        await using var endpoint = await StartAsync();
        for (var index = 0; index < 20; index++)
        {
            using var joined = await OpenFromAsync(endpoint, "198.51.100.1", jwt: $"vm{index}", instance: index);
            ((int)joined.StatusCode).ShouldBe(201);
        }
    }

    [Fact]
    public async Task Agent_InALoop_IsLimitedByItsClaim()
    {
        await using var endpoint = await StartAsync();
        for (var index = 0; index < 3; index++)
        {
            using var joined = await OpenFromAsync(endpoint, "198.51.100.1", jwt: $"vm{index}", instance: 1);
            ((int)joined.StatusCode).ShouldBe(201);
        }

        using var limited = await OpenFromAsync(endpoint, "198.51.100.1", jwt: "vm9", instance: 1);

        await limited.ShouldBeProblemAsync(429, ProblemCodes.RateLimited);
        endpoint.Verifier.Requests.Count.ShouldBe(3);
    }

    [Fact]
    public async Task Agent_OpensFromEverywhere_IsLimitedByWhatItProved()
    {
        await using var endpoint = await StartAsync();
        for (var index = 0; index < 3; index++)
        {
            using var joined = await OpenFromAsync(endpoint, $"198.51.100.{index}", jwt: "vm1", instance: index);
            ((int)joined.StatusCode).ShouldBe(201);
        }

        using var limited = await OpenFromAsync(endpoint, "198.51.100.9", jwt: "vm1", instance: 9);

        await limited.ShouldBeProblemAsync(429, ProblemCodes.RateLimited);
        endpoint.Sessions.Openings.Count.ShouldBe(3);
    }

    [Fact]
    public async Task Workload_CallsInALoop_IsLimitedAndLetInAgain()
    {
        await using var endpoint = await StartAsync();
        for (var index = 0; index < 3; index++)
        {
            using var served = await endpoint.Api.CallAsync("POST", "/v1/heartbeat", Requests.Heartbeat);
            ((int)served.StatusCode).ShouldBe(200);
        }

        using var limited = await endpoint.Api.CallAsync("POST", "/v1/heartbeat", Requests.Heartbeat);
        endpoint.Time.Advance(TimeSpan.FromSeconds(10));
        using var again = await endpoint.Api.CallAsync("POST", "/v1/heartbeat", Requests.Heartbeat);

        await limited.ShouldBeProblemAsync(429, ProblemCodes.RateLimited);
        ((int)again.StatusCode).ShouldBe(200);
    }

    [Fact]
    public async Task Attacker_BeatsWithAStolenToken_DoesNotEmptyTheVictimsBucket()
    {
        await using var endpoint = await StartAsync();
        for (var index = 0; index < 4; index++)
        {
            using var stolen = await BeatFromAsync(endpoint, "198.51.100.66");
            ((int)stolen.StatusCode).ShouldBe(index < 3 ? 200 : 429);
        }

        using var beat = await BeatFromAsync(endpoint, "198.51.100.1");
        using var renewed = await endpoint.Api.CallAsync("POST", "/v1/sessions/renew");

        ((int)beat.StatusCode).ShouldBe(200);
        ((int)renewed.StatusCode).ShouldBe(200);
    }

    [Fact]
    public async Task Crowd_BeyondWhatMayWait_IsToldToComeBack()
    {
        await using var endpoint = await EndpointHarness.StartAsync(new EndpointLimits { MaxConcurrentOpenings = 1, MaxWaitingOpenings = 0 });
        using var release = new SemaphoreSlim(0);
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        endpoint.Sessions.OnOpen = _ =>
        {
            entered.SetResult();
            release.Wait();
            return FakeSessionRegistry.Response;
        };
        var first = endpoint.Api.OpenAsync(Requests.Opening("vm1"));
        await entered.Task;

        using var second = await endpoint.Api.OpenAsync(Requests.Opening("vm2"));
        release.Release();
        using var opened = await first;

        await second.ShouldBeProblemAsync(429, ProblemCodes.RateLimited);
        second.Headers.RetryAfter.ShouldNotBeNull();
        ((int)opened.StatusCode).ShouldBe(201);
    }

    [Fact]
    public async Task Attacker_OpensConnections_GetsNoMoreThanItsShare()
    {
        var sut = new ConnectionsPerAddress(2);
        var attacker = IPAddress.Parse("198.51.100.66");

        sut.TryEnter(attacker).ShouldBeTrue();
        sut.TryEnter(attacker).ShouldBeTrue();
        sut.TryEnter(attacker).ShouldBeFalse();
        sut.TryEnter(IPAddress.Parse("198.51.100.1")).ShouldBeTrue();
        sut.Leave(attacker);
        sut.TryEnter(attacker).ShouldBeTrue();

        sut.Leave(attacker);
        sut.Leave(attacker);
        sut.Leave(IPAddress.Parse("198.51.100.1"));
        sut.Addresses.ShouldBe(0);

        await using var endpoint = await EndpointHarness.StartAsync(new EndpointLimits { MaxConnectionsPerAddress = 1 });
        await using var first = await endpoint.ConnectAsync();
        await Should.ThrowAsync<Exception>(async () => await endpoint.ConnectAsync());
        (await first.AskAsync("GET /v1/discovery HTTP/1.1\r\nHost: localhost\r\n\r\n")).ShouldStartWith("HTTP/1.1 200");
    }

    private static Task<EndpointHarness> StartAsync() => EndpointHarness.StartAsync(Narrow, options: FakeOptionsSource.Default with
    {
        ClientAddress = new ClientAddressOptions { From = ClientAddressSource.XForwardedFor, TrustedProxies = [IPNetwork.Parse("127.0.0.0/8")] },
    });

    private static Task<HttpResponseMessage> BeatFromAsync(EndpointHarness endpoint, string client) =>
        endpoint.Api.CallAsync("POST", "/v1/heartbeat", Requests.Heartbeat, headers => headers.Add("X-Forwarded-For", client));

    private static async Task<HttpResponseMessage> OpenFromAsync(EndpointHarness endpoint, string client, string jwt, int instance, string group = "ratings")
    {
        var id = new byte[32];
        id[0] = (byte)instance;
        var body = Requests.Opening(jwt, group: group);
        body["instanceId"] = Base64UrlText.Encode(id);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/sessions") { Content = Requests.Json(body.ToJsonString()) };
        request.Headers.Add("X-Forwarded-For", client);
        return await endpoint.Api.SendAsync(request);
    }
}
