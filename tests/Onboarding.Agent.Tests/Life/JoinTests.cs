using System.Net;
using Onboarding.Agent.Endpoint;
using Onboarding.Agent.Life;
using Onboarding.Agent.Tests.Fakes;
using Onboarding.Protocol;

namespace Onboarding.Agent.Tests.Life;

public sealed class JoinTests : IAsyncDisposable
{
    private readonly AgentHarness agent = new();

    [Fact]
    public async Task Run_FreshMachine_JoinsStepByStep()
    {
        _ = agent.Start();
        await agent.Delay.NextAsync();

        agent.Endpoint.Calls.ShouldBe(
            ["GET /v1/discovery", "POST /v1/sessions", "PUT /v1/registration", "GET /v1/bootstrap", "POST /v1/sidecar-token", "POST /v1/heartbeat"]);
        agent.Credentials.Audiences.ShouldBe(["test-uid"]);
        agent.Endpoint.Opened!.WorkloadGroup.ShouldBe(new WorkloadGroupReference("bookinfo", "ratings"));
        agent.Endpoint.Opened.InstanceId.Length.ShouldBe(43);
        agent.Endpoint.Registered!.Host.Addresses.ShouldBe([new HostAddress("192.0.2.10", AddressType.Vpc)]);
        agent.Endpoint.Registered.Workload!.Labels["version"].ShouldBe("v5");
        agent.Root.Read("/var/lib/istio/envoy/cluster.env").ShouldBe(Bundles.RatingsEnvironment);
        agent.Sidecar.Orders.ShouldBe(["start r1"]);
        agent.Endpoint.Reported.ShouldBe(new SidecarStatus(SidecarState.Ready, "1.30.0", null, "r1"));
        agent.Services.Log.State.ShouldBe(LifeState.Joined);
    }

    [Fact]
    public async Task Run_EntryNotAcceptedYet_BeatsMeanwhileAndStartsNoSidecar()
    {
        agent.Endpoint.Refuse("GET /v1/bootstrap", HttpStatusCode.ServiceUnavailable, ProblemCodes.Unavailable, TimeSpan.FromSeconds(1));
        _ = agent.Start();
        var pause = await agent.Delay.NextAsync();

        pause.Length.ShouldBeInRange(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2));
        agent.Endpoint.CountOf("POST /v1/heartbeat").ShouldBe(1);
        agent.Sidecar.Orders.ShouldBeEmpty();

        pause.Elapse();
        await agent.Delay.NextAsync();
        agent.Sidecar.Orders.ShouldBe(["start r1"]);
    }

    [Fact]
    public async Task Run_SidecarToken_IsWrittenBeforeTheSidecarStarts()
    {
        agent.Endpoint.SidecarToken = new SidecarTokenResponse("x.y.z", agent.Time.GetUtcNow().AddHours(1));

        await agent.JoinAsync();

        agent.Root.Read("/var/run/secrets/tokens/istio-token").ShouldBe("x.y.z");
    }

    [Fact]
    public async Task Run_WholeLife_NoSecretIsInTheLogOrKeptOnTheDisk()
    {
        agent.Endpoint.SidecarToken = new SidecarTokenResponse("x.y.z", agent.Time.GetUtcNow().AddHours(1));
        var pause = await agent.JoinAsync();
        var token = agent.Life.Session!.Current.Token;
        agent.Endpoint.Refuse("POST /v1/heartbeat", HttpStatusCode.Unauthorized, ProblemCodes.TokenInvalid);
        pause.Elapse();
        await agent.Delay.PassAsync();
        await agent.Delay.NextAsync();

        string[] secrets = [token, agent.Life.Session!.Current.Token, "a.b.c", "x.y.z"];
        agent.Logger.Lines.ShouldAllBe(line => !secrets.Any(secret => line.Contains(secret, StringComparison.Ordinal)));
        var files = Directory.EnumerateFiles(agent.Root.Directory, "*", SearchOption.AllDirectories)
            .Where(file => secrets.Any(secret => File.ReadAllText(file).Contains(secret, StringComparison.Ordinal)));
        files.ShouldBe([agent.Root.PathOf("/var/run/secrets/tokens/istio-token")]);
    }

    [Fact]
    public async Task Run_EndpointAway_TriesForEverAndSaysSoOnce()
    {
        for (var i = 0; i < 20; i++)
        {
            agent.Endpoint.Next("GET /v1/discovery", () => throw new HttpRequestException("connection refused"));
        }

        _ = agent.Start();
        for (var i = 0; i < 20; i++)
        {
            (await agent.Delay.PassAsync()).ShouldBeInRange(TimeSpan.FromSeconds(0.1), TimeSpan.FromSeconds(60));
        }

        await agent.Delay.NextAsync();
        agent.Services.Log.State.ShouldBe(LifeState.Joined);
        agent.Logger.CountOf(1005).ShouldBe(1);
    }

    [Fact]
    public async Task Run_Pauses_GrowWithFullJitter()
    {
        await using var eager = new AgentHarness(jitter: 1);
        for (var i = 0; i < 8; i++)
        {
            eager.Endpoint.Next("GET /v1/discovery", () => throw new HttpRequestException("connection refused"));
        }

        _ = eager.Start();
        var pauses = new List<double>();
        for (var i = 0; i < 8; i++)
        {
            pauses.Add((await eager.Delay.PassAsync()).TotalSeconds);
        }

        pauses.ShouldBe([1, 2, 4, 8, 16, 32, 60, 60]);
    }

    [Fact]
    public async Task Run_CredentialOfAKindThatIsNotAccepted_WaitsAndJoinsOnceItIs()
    {
        agent.Endpoint.Accepted = ["aws-ec2"];
        _ = agent.Start();
        await agent.Delay.PassAsync();
        var pause = await agent.Delay.NextAsync();
        agent.Endpoint.CountOf("POST /v1/sessions").ShouldBe(0);
        agent.Services.Log.State.ShouldBe(LifeState.Waiting);

        agent.Endpoint.Accepted = ["aws-ec2", "jwt"];
        pause.Elapse();
        await agent.Delay.NextAsync();

        agent.Services.Log.State.ShouldBe(LifeState.Joined);
    }

    [Fact]
    public async Task Run_CredentialNotThere_IsAskedForAgainWithinTheConfiguredInterval()
    {
        agent.Credentials.FailuresLeft = 6;
        _ = agent.Start();
        for (var i = 0; i < 6; i++)
        {
            (await agent.Delay.PassAsync()).ShouldBeLessThanOrEqualTo(TimeSpan.FromSeconds(15));
        }

        await agent.Delay.NextAsync();
        agent.Services.Log.State.ShouldBe(LifeState.Joined);
        agent.Logger.Lines.Count(line => line.Contains("the token service is away", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task Run_NotAuthorized_AsksAgainAndSaysSoOnce()
    {
        for (var i = 0; i < 3; i++)
        {
            agent.Endpoint.Refuse("POST /v1/sessions", HttpStatusCode.Forbidden, ProblemCodes.NotAuthorized);
        }

        _ = agent.Start();
        for (var i = 0; i < 3; i++)
        {
            await agent.Delay.PassAsync();
        }

        await agent.Delay.NextAsync();
        agent.Logger.CountOf(1003).ShouldBe(1);
        agent.Services.Log.State.ShouldBe(LifeState.Joined);
    }

    [Fact]
    public async Task SidecarsUser_PutsADirectoryInPlaceOfItsToken_DoesNotStopTheAgent()
    {
        agent.Root.MakeDirectory("/var/run/secrets/tokens/istio-token");
        agent.Endpoint.Refuse("POST /v1/sessions", HttpStatusCode.Forbidden, ProblemCodes.NotAuthorized);
        _ = agent.Start();

        await agent.Delay.NextAsync();

        agent.Logger.Lines.ShouldContain(line => line.Contains("istio-token", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Run_IdentityInUse_WaitsForWhatIsLeftOfTheLease()
    {
        agent.Endpoint.Refuse("POST /v1/sessions", HttpStatusCode.Conflict, ProblemCodes.IdentityInUse, TimeSpan.FromSeconds(80));
        _ = agent.Start();

        (await agent.Delay.NextAsync()).Length.ShouldBeInRange(TimeSpan.FromSeconds(80), TimeSpan.FromSeconds(81));
    }

    [Fact]
    public async Task Run_AnotherUidThanThePinnedOne_StopsBeforeACredentialIsMade()
    {
        agent.Endpoint.Uid = "https://stranger.example";

        await Should.ThrowAsync<UntrustedEndpointException>(agent.Start());

        agent.Credentials.Audiences.ShouldBeEmpty();
    }

    [Fact]
    public async Task Run_UidOfAHostThatTheCertificateDoesNotName_StopsBeforeACredentialIsMade()
    {
        await using var unpinned = new AgentHarness(pinnedUid: null);
        unpinned.Endpoint.Uid = "https://stranger.example";

        await Should.ThrowAsync<UntrustedEndpointException>(unpinned.Start());

        unpinned.Credentials.Audiences.ShouldBeEmpty();
    }

    [Fact]
    public async Task Run_BareUidWithoutPin_IsUsedWithAWarning()
    {
        await using var unpinned = new AgentHarness(pinnedUid: null);

        await unpinned.JoinAsync();

        unpinned.Logger.CountOf(1211).ShouldBe(1);
    }

    public async ValueTask DisposeAsync() => await agent.DisposeAsync();
}
