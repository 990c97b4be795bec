using System.Globalization;
using Onboarding.Core.Configuration;
using Onboarding.Protocol;
using Onboarding.Protocol.Dpop;
using Shouldly;
using Xunit;

namespace Onboarding.TestKit.Workloads;

/// <summary>What an attacker, or bad luck, does at the same moment as somebody else.</summary>
public abstract class RaceContract : RegistryContract
{
    private const int Rounds = 10;

    [Fact]
    public async Task StolenToken_ThiefWithoutTheKeyRenewsWhileItsOwnerDoes_OwnerAloneHasASuccessor()
    {
        var agent = await JoinAsync();
        using var own = new SessionKeyPair();

        var outcomes = await AtOnceAsync(
            async () => (await agent.RenewAsync()).IsGranted,
            async () => (await agent.AuthenticateAsync("POST", "/v1/sessions/renew", prover: own)).IsGranted);

        outcomes.ShouldBe([true, false]);
        ShouldBeGranted(await agent.RenewAsync());
    }

    [Fact]
    public async Task StolenToken_RenewedBySeveralAtOnce_HasOneSuccessorAndNoOtherIsGood()
    {
        var agent = await JoinAsync();
        var token = agent.Token;

        var tokens = await AtOnceAsync(Enumerable.Repeat(async () => ShouldBeGranted(await RenewAsync(agent, token)).Token, Rounds).ToList());

        var successors = new List<string>();
        foreach (var renewed in tokens)
        {
            agent.Token = renewed;
            successors.Add(ShouldBeGranted(await agent.AuthenticateAsync("GET", "/")).TokenId);
        }

        successors.Distinct(StringComparer.Ordinal).Count().ShouldBe(1);
    }

    [Fact]
    public async Task OldSession_PutsAndDeletesWhileTheNewOneRegisters_NewOneStands()
    {
        for (var round = 0; round < Rounds; round++)
        {
            var old = await JoinAsync(round);
            var restarted = NewAgent($"vm{round}", old.InstanceId);
            restarted.Registration = old.Registration with { Agent = new("2.0.0") };
            ShouldBeGranted(await restarted.OpenAsync());

            var outcomes = await AtOnceAsync(
                async () => (await restarted.RegisterAsync()).IsGranted,
                async () => (await old.RegisterAsync()).IsGranted,
                async () => (await old.LeaveAsync()).IsGranted);

            outcomes[0].ShouldBeTrue();
            await World.SettleAsync(restarted);
            World.Sink.Entry(restarted.Name).ShouldNotBeNull();
            World.Sink.Registration(restarted.Name)!.Registration.Agent.Version.ShouldBe("2.0.0");
            ShouldBeGranted(await restarted.LeaveAsync());
            World.Time.Advance(TimeSpan.FromSeconds(10));
            await UntilGoneAsync(restarted);
        }
    }

    [Fact]
    public async Task Heartbeat_WhileItsLeaseEnds_IsServedOrGoneAndNothingBetween()
    {
        for (var round = 0; round < Rounds; round++)
        {
            var agent = await JoinAsync(round);
            World.Time.Advance(Lease);
            await UntilConnectedAsync(agent, false);
            await World.SettleAsync(agent);
            World.Time.Advance(Grace - TimeSpan.FromSeconds(1));

            var outcomes = await AtOnceAsync(
                async () => (await agent.HeartbeatAsync()).IsGranted,
                () =>
                {
                    World.Time.Advance(TimeSpan.FromSeconds(1));
                    return Task.FromResult(true);
                });

            await (outcomes[0] ? UntilConnectedAsync(agent, true) : UntilGoneAsync(agent));
            if (outcomes[0])
            {
                ShouldBeGranted(await agent.HeartbeatAsync());
                World.Sink.Entry(agent.Name).ShouldNotBeNull();
                ShouldBeGranted(await agent.LeaveAsync());
                World.Time.Advance(TimeSpan.FromSeconds(10));
                await UntilGoneAsync(agent);
            }
        }
    }

    [Fact]
    public async Task AddressReusedInsideTheGracePeriod_SeveralClaimItAtOnce_OneHasIt()
    {
        var holder = await JoinAsync();
        World.Time.Advance(Lease);
        await UntilConnectedAsync(holder, false);
        var newcomers = Enumerable.Range(0, Rounds).Select(number => NewAgent($"new{number}")).ToArray();
        foreach (var newcomer in newcomers)
        {
            ShouldBeGranted(await newcomer.OpenAsync());
        }

        var registered = await AtOnceAsync([.. newcomers.Select<SimulatedAgent, Func<Task<bool>>>(newcomer => async () => (await newcomer.RegisterAsync()).IsGranted)]);

        registered.Count(isGranted => isGranted).ShouldBe(1);
        await UntilGoneAsync(holder);
    }

    [Fact]
    public async Task DeniedMachine_JoinsAtTheSameMoment_IsOutAtItsNextCall()
    {
        var agent = NewAgent();
        ShouldBeGranted(await agent.OpenAsync());

        await AtOnceAsync(
            async () => (await agent.RegisterAsync()).IsGranted,
            () =>
            {
                World.Options.Change(workloads => workloads with { Denied = [new(Jwt: new DeniedJwt(RegistryWorld.Issuer, "vm1"))] });
                return Task.FromResult(true);
            });

        (await agent.HeartbeatAsync()).IsGranted.ShouldBeFalse();
        await UntilGoneAsync(agent);
        ShouldBeRefused(await agent.GetSidecarTokenAsync(), ProblemCodes.SessionEnded);
    }

    [Fact]
    public async Task SuspendedMachine_RegistersAndRenewsAtTheSameMoment_IsOut()
    {
        var agent = await JoinAsync();

        await AtOnceAsync(
            async () => (await agent.RegisterAsync()).IsGranted,
            async () => (await agent.RenewAsync()).IsGranted,
            async () =>
            {
                await World.SuspendAsync(agent, "stolen");
                return true;
            });

        await World.SettleAsync(agent);
        World.Sink.Entry(agent.Name).ShouldBeNull();
        ShouldBeRefused(await agent.HeartbeatAsync(), ProblemCodes.NotAuthorized);
        ShouldBeRefused(await agent.OpenAsync(), ProblemCodes.NotAuthorized);
    }

    // With an address of its own: that of who has just gone is set free after its registration.
    private async Task<SimulatedAgent> JoinAsync(int round)
    {
        var agent = NewAgent(string.Create(CultureInfo.InvariantCulture, $"vm{round}"));
        var address = new HostAddress(string.Create(CultureInfo.InvariantCulture, $"192.0.2.{10 + round}"), AddressType.Vpc);
        agent.Registration = agent.Registration with { Host = new([address]) };
        await agent.JoinAsync();
        return agent;
    }

    private async Task<Core.Outcome<SessionResponse>> RenewAsync(SimulatedAgent agent, string token)
    {
        var proof = agent.Key.CreateProof("POST", RegistryWorld.Host, "/v1/sessions/renew", token, World.Time.GetUtcNow());
        var call = new Core.Sessions.BearerCall(token, NeedsProof: true, proof, "POST", "/v1/sessions/renew", "correlation", "198.51.100.7") { IsRenewal = true };
        var session = ShouldBeGranted(await World.SessionRegistry.AuthenticateAsync(call, CancellationToken.None));
        return await World.SessionRegistry.RenewAsync(session, CancellationToken.None);
    }
}
