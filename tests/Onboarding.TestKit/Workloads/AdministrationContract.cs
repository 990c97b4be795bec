using Onboarding.Core.Configuration;
using Onboarding.Core.Resources;
using Onboarding.Core.Workloads;
using Onboarding.Protocol;
using Shouldly;
using Xunit;

namespace Onboarding.TestKit.Workloads;

/// <summary>What administrators do with workloads, and what they are told of groups.</summary>
public abstract class AdministrationContract : FleetContract
{
    [Fact]
    public async Task Suspend_Registered_IsWrittenForPeopleAndAudited()
    {
        var agent = await JoinAsync();
        await World.SuspendAsync(agent, "disk is full");
        await World.SettleAsync(agent);

        World.Sink.Registration(agent.Name)!.Metadata.Annotations[WellKnownMetadata.SuspendedAnnotation].ShouldBe("disk is full");
        World.Sink.Condition(agent.Name, ConditionTypes.WorkloadEntryReady)!.Reason.ShouldBe("Suspended");
        var record = World.Audit.Of(AuditActs.Suspend).ShouldHaveSingleItem();
        (record.Workload, record.Reason).ShouldBe((agent.Name, "disk is full"));

        await World.SuspendAsync(agent, reason: null);
        await World.SettleAsync(agent);
        World.Sink.Registration(agent.Name)!.Metadata.Annotations.ShouldNotContainKey(WellKnownMetadata.SuspendedAnnotation);
        World.Audit.Of(AuditActs.Resume).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Suspend_NobodyOfThatName_IsSaid() =>
        (await World.Administration.SuspendAsync(RegistryWorld.Namespace, "ratings-jwt-corp--nobody", "reason", CancellationToken.None)).ShouldBeFalse();

    [Fact]
    public async Task Suspended_StorageIsLost_IsKnownFromWhatIsWritten()
    {
        var agent = await JoinAsync();
        await World.SuspendAsync(agent, "stolen");
        await World.SettleAsync(agent);
        await World.LoseStorageAsync();
        await World.WalkAsync();
        await World.SettleAsync(agent);

        World.Sink.Entry(agent.Name).ShouldBeNull();
        ShouldBeRefused(await agent.OpenAsync(), ProblemCodes.NotAuthorized);
        World.Time.Advance(Lease + Grace);
        World.Sink.Registration(agent.Name).ShouldNotBeNull("a suspended workload keeps its registration");
    }

    [Fact]
    public async Task Suspended_OldSession_DelayedPutAndDelete_ChangeNothing()
    {
        var agent = await JoinAsync();
        await World.SuspendAsync(agent, "stolen");
        await World.SettleAsync(agent);

        ShouldBeRefused(await agent.RegisterAsync(), ProblemCodes.NotAuthorized);
        ShouldBeRefused(await agent.LeaveAsync(), ProblemCodes.NotAuthorized);
        ShouldBeRefused(await agent.RenewAsync(), ProblemCodes.NotAuthorized);

        World.Sink.Entry(agent.Name).ShouldBeNull();
        World.Sink.Registration(agent.Name).ShouldNotBeNull();
    }

    [Fact]
    public async Task ListGroups_ThoseThatThereAre_AndThoseWithMembersStill()
    {
        var agents = await JoinAllAsync(3);
        await World.SuspendAsync(agents[0], "maintenance");
        World.ChangeGroup(group => group with { Metadata = group.Metadata with { Name = "reviews" } });

        var groups = await World.Administration.ListGroupsAsync(null, CancellationToken.None);

        groups.ShouldBe(
            [
                new GroupSummary(RegistryWorld.Namespace, "reviews", 0, 0, 0, 0, 0),
                new GroupSummary(RegistryWorld.Namespace, RegistryWorld.Group, 3, 3, 1, 0, 0),
            ],
            ignoreOrder: true);
    }

    [Fact]
    public async Task DescribeGroup_HalfCutOff_TellsWhatIsHeld()
    {
        var agents = await JoinAllAsync(10);
        await CutOffAsync(agents[..5], agents[5..]);

        var group = await DescribeAsync();

        group.Summary.ShouldBe(new GroupSummary(RegistryWorld.Namespace, RegistryWorld.Group, 8, 5, 0, 3, 0));
        group.Removed.ShouldBe(2);
        group.BrakedSince.ShouldNotBeNull();
        group.IsRemovalConfirmed.ShouldBeFalse();
        group.Members.Count(member => member.IsRemovalHeld).ShouldBe(3);
        group.Policies.ShouldHaveSingleItem().Policy.ShouldBe("allow");
    }

    [Fact]
    public async Task DescribeGroup_DuringARollout_TellsHowFarItIs()
    {
        var agents = await JoinAllAsync(5);
        World.ChangeGroup(group => group with { Template = group.Template with { Ports = group.Template.Ports.Add("admin", 9081) } });
        foreach (var agent in agents)
        {
            ShouldBeGranted(await agent.HeartbeatAsync());
            await World.SettleAsync(agent);
            ShouldBeGranted(await agent.HeartbeatAsync());
        }

        var group = await DescribeAsync();

        (group.Summary.Outdated, group.Restarting).ShouldBe((5, 1));
    }

    [Fact]
    public async Task DescribeGroup_NoSuchGroup_IsNull() =>
        (await World.Administration.DescribeGroupAsync(RegistryWorld.Namespace, "nobody", CancellationToken.None)).ShouldBeNull();

    [Fact]
    public async Task FindDenied_Subject_TellsWhoseAccessIsLeft()
    {
        var agents = await JoinAllAsync(2);

        var found = await World.Administration.FindDeniedAsync(new(Jwt: new DeniedJwt(RegistryWorld.Issuer, "vm1")), CancellationToken.None);

        found.ShouldBe([new DeniedMember(RegistryWorld.Namespace, agents[1].Name, RegistryWorld.Group, "cluster.local/ns/bookinfo/sa/ratings-vm")]);
    }

    private async Task<GroupDescription> DescribeAsync() =>
        (await World.Administration.DescribeGroupAsync(RegistryWorld.Namespace, RegistryWorld.Group, CancellationToken.None))!;
}
