using Onboarding.Core.Workloads;
using Onboarding.Protocol;
using Onboarding.Protocol.Dpop;
using Shouldly;
using Xunit;

namespace Onboarding.TestKit.Workloads;

/// <summary>Opening, proving and renewing sessions.</summary>
public abstract class SessionContract : RegistryContract
{
    [Fact]
    public async Task Open_AuthorizedWorkload_GivesATokenOfItsGroup()
    {
        var agent = NewAgent();

        var response = ShouldBeGranted(await agent.OpenAsync());

        response.ExpiresAt.ShouldBe(World.Time.GetUtcNow().AddHours(1));
        response.RenewAfter.ShouldBeInRange(World.Time.GetUtcNow().AddMinutes(27), World.Time.GetUtcNow().AddMinutes(33));
        var session = ShouldBeGranted(await agent.AuthenticateAsync("GET", "/v1/bootstrap"));
        session.Group.ShouldBe(new WorkloadGroupReference(RegistryWorld.Namespace, RegistryWorld.Group));
        session.WorkloadKey.ShouldBe(agent.WorkloadKey);
        session.WorkloadName.ShouldBe("ratings-jwt-corp--vm1");
        session.Epoch.ShouldBe(World.Time.GetUtcNow().ToUnixTimeMilliseconds());
    }

    [Fact]
    public async Task Open_Again_RaisesTheEpochThoughTheClockStands()
    {
        var agent = NewAgent();
        await agent.OpenAsync();
        var first = ShouldBeGranted(await agent.AuthenticateAsync("GET", "/")).Epoch;

        await agent.OpenAsync();

        ShouldBeGranted(await agent.AuthenticateAsync("GET", "/")).Epoch.ShouldBe(first + 1);
    }

    [Fact]
    public async Task Open_FifthUnregisteredSession_EndsTheOldest()
    {
        var agents = Enumerable.Range(0, 5).Select(_ => NewAgent(instanceId: "one machine")).ToArray();
        foreach (var agent in agents)
        {
            ShouldBeGranted(await agent.OpenAsync());
        }

        ShouldBeRefused(await agents[0].RenewAsync(), ProblemCodes.SessionEnded);
        ShouldBeGranted(await agents[1].RenewAsync());
        ShouldBeGranted(await agents[4].RegisterAsync());
    }

    [Fact]
    public async Task Open_CredentialBoundToAnotherKey_IsRefused()
    {
        var agent = NewAgent();
        var opening = agent.Opening();
        opening = opening with { Attested = opening.Attested with { KeyThumbprint = "another key" } };

        ShouldBeRefused(await World.SessionRegistry.OpenAsync(opening, CancellationToken.None), ProblemCodes.CredentialRejected);
    }

    [Fact]
    public async Task Open_NonceThatOpenedAnotherSession_IsRefusedUntilItIsForgotten()
    {
        var agent = NewAgent();
        ShouldBeGranted(await agent.OpenAsync(nonce: "nonce"));

        ShouldBeRefused(await agent.OpenAsync(nonce: "nonce"), ProblemCodes.CredentialRejected);
        World.Time.Advance(TimeSpan.FromSeconds(120));
        ShouldBeGranted(await agent.OpenAsync(nonce: "nonce"));
    }

    [Fact]
    public async Task StolenToken_WithoutTheSessionsKey_IsGoodForNothing()
    {
        var victim = await JoinAsync();
        using var thief = new SessionKeyPair();

        ShouldBeRefused(await victim.AuthenticateAsync("PUT", "/v1/registration", prover: thief), ProblemCodes.TokenInvalid);
        ShouldBeRefused(
            await World.SessionRegistry.AuthenticateAsync(
                new(victim.Token, NeedsProof: true, Proof: null, "PUT", "/v1/registration", "id", "peer"), CancellationToken.None),
            ProblemCodes.TokenInvalid);
        ShouldBeGranted(await victim.HeartbeatAsync());
    }

    [Fact]
    public async Task StolenProof_OfAnotherCall_IsGoodForNothing()
    {
        var victim = await JoinAsync();
        var proof = victim.Key.CreateProof("GET", RegistryWorld.Host, "/v1/bootstrap", victim.Token, World.Time.GetUtcNow());

        ShouldBeRefused(
            await World.SessionRegistry.AuthenticateAsync(
                new(victim.Token, NeedsProof: true, proof, "DELETE", "/v1/registration", "id", "peer"), CancellationToken.None),
            ProblemCodes.TokenInvalid);
    }

    [Fact]
    public async Task StolenOldToken_UsedAgain_EndsTheSessionAndIsAudited()
    {
        var agent = await JoinAsync();
        var stolen = agent.Token;
        ShouldBeGranted(await agent.RenewAsync());
        World.Time.Advance(TimeSpan.FromSeconds(61));
        var current = agent.Token;

        agent.Token = stolen;
        ShouldBeRefused(await agent.RenewAsync(), ProblemCodes.ReattestationRequired);

        agent.Token = current;
        ShouldBeRefused(await agent.HeartbeatAsync(), ProblemCodes.SessionEnded);
        ShouldBeRefused(await agent.RenewAsync(), ProblemCodes.SessionEnded);
        World.Audit.Of(AuditActs.TokenReuse).Count.ShouldBe(1);
        World.Sink.Entry(agent.Name).ShouldNotBeNull("its lease runs on");
    }

    [Fact]
    public async Task Renew_ReplyIsLost_GivesTheSameSuccessorAgain()
    {
        var agent = NewAgent();
        await agent.OpenAsync();
        var first = agent.Token;
        ShouldBeGranted(await agent.RenewAsync(replyIsLost: true));
        World.Time.Advance(TimeSpan.FromSeconds(59));

        ShouldBeGranted(await agent.RenewAsync());
        var second = ShouldBeGranted(await agent.AuthenticateAsync("GET", "/"));
        var token = agent.Token;

        agent.Token = first;
        ShouldBeGranted(await agent.RenewAsync());
        ShouldBeGranted(await agent.AuthenticateAsync("GET", "/")).TokenId.ShouldBe(second.TokenId);
        agent.Token = token;
        ShouldBeGranted(await agent.RenewAsync());
    }

    [Fact]
    public async Task Renew_SessionTooOld_NeedsAFreshCredential()
    {
        var agent = NewAgent();
        await agent.OpenAsync();
        var halfHours = 0;
        do
        {
            World.Time.Advance(TimeSpan.FromMinutes(30));
            halfHours++;
        }
        while ((await agent.RenewAsync()).IsGranted && halfHours < 60);

        ShouldBeRefused(await agent.RenewAsync(), ProblemCodes.ReattestationRequired);
        halfHours.ShouldBeInRange(43, 53, "24 h, give or take a tenth");
    }

    [Fact]
    public async Task Authenticate_ExpiredToken_IsExpired()
    {
        var agent = await JoinAsync();

        World.Time.Advance(TimeSpan.FromHours(1));

        ShouldBeRefused(await agent.AuthenticateAsync("POST", "/v1/heartbeat", needsProof: false), ProblemCodes.TokenExpired);
    }

    [Fact]
    public async Task InventedSession_OfASignedToken_CreatesNothing()
    {
        // As after the storage was lost: the token is good, but nobody knows its session.
        using var lost = new SimulatedAgent(World, "vm1");
        await lost.OpenAsync();
        await World.LoseStorageAsync();

        ShouldBeRefused(await lost.HeartbeatAsync(), ProblemCodes.ReattestationRequired);
        ShouldBeRefused(await lost.RegisterAsync(), ProblemCodes.ReattestationRequired);
        ShouldBeRefused(await lost.LeaveAsync(), ProblemCodes.ReattestationRequired);
        World.CountRows().ShouldBe(0);
    }

    [Fact]
    public async Task Secrets_OfASessionsWholeLife_AreInNoRowAndNoAuditRecord()
    {
        var agent = NewAgent();
        const string Credential = "the credential's hash", Nonce = "the nonce";
        await agent.OpenAsync(Credential, Nonce);
        var first = ShouldBeGranted(await agent.AuthenticateAsync("GET", "/"));
        ShouldBeGranted(await agent.RegisterAsync());
        await agent.WaitForBootstrapAsync();
        ShouldBeGranted(await agent.RenewAsync());
        var second = ShouldBeGranted(await agent.AuthenticateAsync("GET", "/"));
        var sidecar = ShouldBeGranted(await agent.GetSidecarTokenAsync()).Token!;

        var rows = string.Join('\n', World.Rows());
        var audit = string.Join('\n', World.Audit.Records);

        rows.ShouldContain(agent.Name);
        foreach (var secret in new[] { agent.Token, first.SessionId, first.TokenId, second.TokenId, agent.InstanceId, Credential, Nonce, sidecar.Token })
        {
            rows.ShouldNotContain(secret);
        }

        foreach (var secret in new[] { agent.Token, first.SessionId, first.TokenId, second.TokenId, agent.InstanceId, Nonce, sidecar.Token })
        {
            audit.ShouldNotContain(secret);
        }
    }

    [Fact]
    public async Task Open_StorageFailedOnce_IsOpenedAllTheSame()
    {
        World.FailNextWrite();

        ShouldBeGranted(await NewAgent().OpenAsync());
    }
}
