using System.Net;
using Onboarding.Core.Identity;
using Onboarding.Protocol;
using Shouldly;
using Xunit;

namespace Onboarding.TestKit.Workloads;

/// <summary>An address has one live holder.</summary>
public abstract class AddressContract : RegistryContract
{
    [Fact]
    public async Task AddressOfALiveWorkload_ClaimedByAnother_IsRefused()
    {
        var holder = await JoinAsync("vm1");
        var other = NewAgent("vm2");
        await other.OpenAsync();

        var outcome = await other.RegisterAsync();

        ShouldBeRefused(outcome, ProblemCodes.AddressInUse);
        outcome.Refusal!.RetryAfter.ShouldBe(Lease);
        World.Sink.Entry(holder.Name).ShouldNotBeNull();
        ShouldBeGranted(await holder.HeartbeatAsync());
        World.Sink.Registration(other.Name).ShouldBeNull();
    }

    [Fact]
    public async Task AddressReusedInsideTheGracePeriod_DisconnectedHolder_GivesWayAtOnce()
    {
        var holder = await JoinAsync("vm1");
        World.Time.Advance(Lease);
        await UntilConnectedAsync(holder, false);

        await JoinAsync("vm2");

        await UntilGoneAsync(holder);
        ShouldBeRefused(await holder.HeartbeatAsync(), ProblemCodes.SessionEnded);
    }

    [Fact]
    public async Task TrustedAddress_WhoseOwnerConnectsFromIt_IsDisplaced()
    {
        var pretender = await JoinAsync("vm1");
        var owner = Keep(new SimulatedAgent(World, "vm2") { Peer = IPAddress.Parse("192.0.2.10") });

        await owner.JoinAsync();

        await UntilGoneAsync(pretender);
        ShouldBeRefused(await pretender.HeartbeatAsync(), ProblemCodes.SessionEnded);
        await pretender.OpenAsync();
        ShouldBeRefused(await pretender.RegisterAsync(), ProblemCodes.AddressInUse);
    }

    [Fact]
    public async Task AddressOfTheConnection_WhileItsHolderIsLive_IsNotDisplacedByAnotherConnection()
    {
        var holder = Keep(new SimulatedAgent(World, "vm1") { Peer = IPAddress.Parse("192.0.2.10") });
        await holder.JoinAsync();
        var other = Keep(new SimulatedAgent(World, "vm2") { Peer = IPAddress.Parse("192.0.2.10") });
        await other.OpenAsync();

        ShouldBeRefused(await other.RegisterAsync(), ProblemCodes.AddressInUse);
    }

    [Fact]
    public async Task TwoMachines_ClaimOneAddressAtTheSameMoment_OneHasIt()
    {
        var agents = Enumerable.Range(0, 20).Select(number => NewAgent($"vm{number}")).ToArray();
        foreach (var agent in agents)
        {
            ShouldBeGranted(await agent.OpenAsync());
        }

        var registered = await Task.WhenAll(agents.Select(agent => Task.Run(agent.RegisterAsync)));

        registered.Count(outcome => outcome.IsGranted).ShouldBe(1);
        registered.Where(outcome => !outcome.IsGranted).ShouldAllBe(outcome => outcome.Refusal!.Code == ProblemCodes.AddressInUse);
    }

    [Fact]
    public async Task Address_OfAWorkloadThatLeft_IsFree()
    {
        var holder = await JoinAsync("vm1");
        ShouldBeGranted(await holder.LeaveAsync());
        World.Time.Advance(TimeSpan.FromSeconds(10));
        await UntilGoneAsync(holder);

        // It is set free after the registration has gone.
        var next = NewAgent("vm2");
        ShouldBeGranted(await next.OpenAsync());
        await RegistryWorld.UntilAsync(async () => (await next.RegisterAsync()).IsGranted);
    }

    [Fact]
    public async Task Address_ChangedAndChangedBack_IsHeldAllTheTime()
    {
        var holder = await JoinAsync("vm1");
        foreach (var ip in new[] { "192.0.2.11", "192.0.2.10", "192.0.2.11", "192.0.2.10" })
        {
            holder.Registration = holder.Registration with { Host = new([new HostAddress(ip, AddressType.Vpc)]) };
            ShouldBeGranted(await holder.RegisterAsync());
        }

        await World.SettleAsync(holder);
        var other = NewAgent("vm2");
        await other.OpenAsync();
        ShouldBeRefused(await other.RegisterAsync(), ProblemCodes.AddressInUse);
    }

    [Fact]
    public async Task Address_OfAnAdoptedWorkload_IsHeldUntilAnotherNeedsIt()
    {
        var holder = await JoinAsync("vm1");
        await World.LoseStorageAsync();
        await World.WalkAsync();
        await UntilConnectedAsync(holder, false);

        await JoinAsync("vm2");

        await UntilGoneAsync(holder);
    }

    [Fact]
    public async Task Address_TakenBeforeItsOldHolderIsAdopted_IsTheNewHolders()
    {
        var holder = await JoinAsync("vm1");
        await World.LoseStorageAsync();
        var next = await JoinAsync("vm2");

        await World.WalkAsync();

        await UntilGoneAsync(holder);
        ShouldBeGranted(await next.HeartbeatAsync());
    }

    [Fact]
    public async Task Address_RegistrationRefused_IsNotHeld()
    {
        var holder = await JoinAsync("vm1");
        holder.Registration = holder.Registration with { Host = new([new HostAddress("192.0.2.11", AddressType.Vpc)]) };
        var late = ShouldBeGranted(await holder.AuthenticateAsync("PUT", "/v1/registration"));
        await NewAgent("vm1", holder.InstanceId).JoinAsync();

        ShouldBeRefused(await World.WorkloadRegistry.RegisterAsync(late, holder.Registration, holder.Peer, CancellationToken.None), ProblemCodes.Superseded);

        var other = NewAgent("vm2");
        other.Registration = holder.Registration;
        await other.JoinAsync();
    }

    /// <summary>The identity of one machine in two groups is one identity.</summary>
    [Fact]
    public void Holder_InSeveralGroups_IsOneIdentity()
    {
        var agent = NewAgent();

        Core.Workloads.Addresses.Address.IdentityOf(WorkloadKey.Of("other", "details", agent.Identity))
            .ShouldBe(Core.Workloads.Addresses.Address.IdentityOf(agent.WorkloadKey));
    }
}
