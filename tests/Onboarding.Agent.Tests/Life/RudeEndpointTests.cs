using System.Net;
using System.Net.Http.Headers;
using Onboarding.Agent.Endpoint;
using Onboarding.Agent.Life;
using Onboarding.Agent.Sidecar;
using Onboarding.Agent.Tests.Fakes;
using Onboarding.Protocol;

namespace Onboarding.Agent.Tests.Life;

/// <summary>Row 39 of the threats, and the agent's side of row 26: what an endpoint that should not have been trusted attempts.</summary>
public sealed class RudeEndpointTests : IAsyncDisposable
{
    private readonly AgentHarness agent = new();

    [Theory]
    [InlineData(0, 5)]
    [InlineData(-3600, 5)]
    [InlineData(86400, 600)]
    public async Task Heartbeat_AbsurdInterval_IsBounded(int seconds, double expected)
    {
        agent.Endpoint.Heartbeat = agent.Endpoint.Heartbeat with { NextHeartbeat = TimeSpan.FromSeconds(seconds) };

        (await agent.JoinAsync()).Length.TotalSeconds.ShouldBe(expected, 0.001);
    }

    [Fact]
    public async Task RetryAfter_OfADay_IsBounded()
    {
        agent.Endpoint.Refuse("GET /v1/discovery", HttpStatusCode.ServiceUnavailable, ProblemCodes.Unavailable, TimeSpan.FromDays(1));
        _ = agent.Start();

        (await agent.Delay.NextAsync()).Length.ShouldBeLessThan(TimeSpan.FromMinutes(10.1));
    }

    [Fact]
    public async Task Renewal_TimesInThePast_DoNotMakeALoop()
    {
        agent.Endpoint.Validity = TimeSpan.FromDays(-1);
        agent.Endpoint.Heartbeat = agent.Endpoint.Heartbeat with { NextHeartbeat = TimeSpan.FromMinutes(10) };

        (await agent.JoinAsync()).Length.ShouldBe(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task SidecarToken_ExpiredAlready_DoesNotMakeALoop()
    {
        agent.Endpoint.SidecarToken = new SidecarTokenResponse("x.y.z", DateTimeOffset.MinValue);

        (await agent.JoinAsync()).Length.ShouldBe(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Date_OfAnotherAge_IsIgnored()
    {
        agent.Endpoint.Next("GET /v1/discovery", () =>
        {
            var answer = FakeEndpoint.Json(HttpStatusCode.OK, new DiscoveryResponse("test-uid", TimeSpan.FromSeconds(30), "0.1.0", ["jwt"]), ProtocolJson.Default.DiscoveryResponse);
            answer.Headers.Date = DateTimeOffset.MaxValue;
            return answer;
        });

        await agent.JoinAsync();

        agent.Services.Log.State.ShouldBe(LifeState.Joined);
        agent.Logger.CountOf(1201).ShouldBe(0);
    }

    [Fact]
    public async Task PropagationDelay_OfAnHour_IsBounded()
    {
        agent.Endpoint.PropagationDelay = TimeSpan.FromHours(1);
        await agent.JoinAsync();
        await agent.StopAsync();

        var leaving = new Farewell(agent.Services, agent.Logger).LeaveAsync(agent.Life.Session);

        (await agent.Delay.PassAsync()).ShouldBe(TimeSpan.FromSeconds(60));
        await leaving;
    }

    [Theory]
    [InlineData(HttpStatusCode.MovedPermanently)]
    [InlineData(HttpStatusCode.Found)]
    [InlineData(HttpStatusCode.TemporaryRedirect)]
    [InlineData(HttpStatusCode.PermanentRedirect)]
    public async Task Sessions_Redirect_IsNotFollowedWithTheCredential(HttpStatusCode status)
    {
        agent.Endpoint.Next("POST /v1/sessions", () => new HttpResponseMessage(status) { Headers = { Location = new Uri("https://stranger.example/v1/sessions") } });
        _ = agent.Start();
        await agent.Delay.NextAsync();

        agent.Endpoint.Calls.ShouldBe(["GET /v1/discovery", "POST /v1/sessions"]);
        agent.Logger.Lines.ShouldContain(line => line.Contains("redirect", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Bootstrap_LargerThanAMebibyte_IsNotRead(bool saysItsLength)
    {
        agent.Endpoint.Next("GET /v1/bootstrap", () =>
        {
            HttpContent content = saysItsLength ? new ByteArrayContent(new byte[(1 << 20) + 1]) : new StreamContent(new Endless());
            content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            return new HttpResponseMessage(HttpStatusCode.OK) { Content = content };
        });
        _ = agent.Start();
        await agent.Delay.NextAsync();

        agent.Logger.Lines.ShouldContain(line => line.Contains("larger than 1048576 bytes", StringComparison.Ordinal));
        agent.Sidecar.Orders.ShouldBeEmpty();
    }

    [Fact]
    public async Task Discovery_EndlessAnswer_IsNotRead()
    {
        agent.Endpoint.Next("GET /v1/discovery", () => new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(new Endless()) });
        _ = agent.Start();
        await agent.Delay.NextAsync();

        agent.Logger.Lines.ShouldContain(line => line.Contains("larger than 65536 bytes", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Sessions_TokenForAnotherGroup_IsNotUsed()
    {
        agent.Endpoint.TokenGroup = new WorkloadGroupReference("bookinfo", "reviews");
        _ = agent.Start();
        await agent.Delay.NextAsync();

        agent.Endpoint.CountOf("PUT /v1/registration").ShouldBe(0);
        agent.Logger.Lines.ShouldContain(line => line.Contains("another workload group", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Renewal_TokenOfAnotherSession_IsNotUsed()
    {
        agent.Endpoint.Heartbeat = agent.Endpoint.Heartbeat with { NextHeartbeat = TimeSpan.FromMinutes(10) };
        var pause = await agent.JoinAsync();
        var token = agent.Life.Session!.Current.Token;
        var claims = Base64UrlText.Encode("""{"cnf":{"jkt":"AAAA"}}"""u8);
        agent.Endpoint.Next("POST /v1/sessions/renew", () => FakeEndpoint.Json(
            HttpStatusCode.OK,
            new SessionResponse($"e30.{claims}.c2ln", agent.Time.GetUtcNow().AddHours(1), agent.Time.GetUtcNow().AddMinutes(30)),
            ProtocolJson.Default.SessionResponse));

        while (agent.Endpoint.CountOf("POST /v1/sessions/renew") == 0)
        {
            pause.Elapse();
            pause = await agent.Delay.NextAsync();
        }

        agent.Life.Session.Current.Token.ShouldBe(token);
    }

    [Theory]
    [InlineData("r1\r\nX-Injected: 1")]
    [InlineData("../../etc")]
    [InlineData("")]
    public async Task Bootstrap_RevisionThatIsNone_IsNotTakenOver(string revision)
    {
        agent.Endpoint.Bundle = Bundles.Ratings(revision);
        _ = agent.Start();
        await agent.Delay.NextAsync();

        agent.Root.Has("/var/lib/istio/envoy/cluster.env").ShouldBeFalse();
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("null")]
    [InlineData("""{"uid": "test-uid"}""")]
    [InlineData("""{"uid": "test-uid", "uid": "other", "heartbeatInterval": "30s", "minAgentVersion": "0", "credentials": []}""")]
    public async Task Discovery_SomethingElse_IsTriedAgain(string body)
    {
        agent.Endpoint.Next("GET /v1/discovery", () => new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(body) });
        _ = agent.Start();
        await agent.Delay.PassAsync();
        await agent.Delay.NextAsync();

        agent.Services.Log.State.ShouldBe(LifeState.Joined);
    }

    [Fact]
    public async Task Problem_TextWithLineBreaks_ForgesNoLogLine()
    {
        agent.Endpoint.Refuse("POST /v1/sessions", HttpStatusCode.Forbidden, "not_authorized\n2026-01-01T00:00:00Z info [1001] Joined");
        _ = agent.Start();
        await agent.Delay.NextAsync();

        agent.Logger.Lines.ShouldAllBe(line => !line.Contains('\n', StringComparison.Ordinal));
    }

    [Fact]
    public async Task Bootstrap_VariablesThatRunCodeInIstiosStartScript_ReachNoFile()
    {
        var logger = new RecordingLogger();
        var filter = new DeliveredBundleFilter(["PATH", "EXEC_USER"], [Environment.MachineName], new EndpointTarget("cp.example", 15443), logger);
        await using var hostile = new AgentHarness(filter: filter);
        var bundle = Bundles.Ratings();
        var environment = new Dictionary<string, string>(bundle.Environment, StringComparer.Ordinal)
        {
            ["EXEC_USER"] = "root; id >/tmp/owned #",
            ["PATH"] = "/tmp",
            ["LD_PRELOAD"] = "/tmp/evil.so",
            ["BASH_ENV"] = "/tmp/evil.sh",
            ["ISTIO_BIN_BASE"] = "/tmp",
            ["POD_NAME"] = "$(id)",
            ["ISTIO_META_X"] = "a\nEXEC_USER=root",
            ["lower;id"] = "x",
        };
        bundle.ProxyConfig["binaryPath"] = "/tmp/evil";
        bundle.ProxyConfig["customConfigFile"] = "/tmp/evil.yaml";
        hostile.Endpoint.Bundle = bundle with
        {
            Environment = environment,
            Hosts = [new HostsEntry("192.0.2.66", ["cp.example", "sts.eu-west-1.amazonaws.com", "localhost"]), new HostsEntry("127.0.0.2", ["localhost", Environment.MachineName])],
        };

        await hostile.JoinAsync();

        var written = hostile.Root.Read("/var/lib/istio/envoy/cluster.env");
        foreach (var forbidden in new[] { "EXEC_USER", "PATH=", "LD_PRELOAD", "BASH_ENV", "ISTIO_BIN_BASE", "$(id)", "lower", "/tmp" })
        {
            written.ShouldNotContain(forbidden);
        }

        written.ShouldContain("ISTIO_META_INTERCEPTION_MODE='NONE'");
        hostile.Root.Read("/etc/istio/config/mesh").ShouldNotContain("/tmp");
        hostile.Root.Has("/etc/hosts").ShouldBeFalse();
        logger.Lines.ShouldContain(line => line.Contains("environment.EXEC_USER", StringComparison.Ordinal));
    }

    public async ValueTask DisposeAsync() => await agent.DisposeAsync();

    private sealed class Endless : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get; set; }

        public override int Read(byte[] buffer, int offset, int count) => count;

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
