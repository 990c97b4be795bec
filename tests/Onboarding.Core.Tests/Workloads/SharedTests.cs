using Onboarding.Core.Entities;
using Onboarding.Core.Workloads;
using Onboarding.Core.Workloads.Commands;

namespace Onboarding.Core.Tests.Workloads;

public sealed class SharedTests
{
    [Fact]
    public void Of_EqualValues_AreOneInstance()
    {
        var one = Shared.Of(new string('x', 40));

        Shared.Of(new string('x', 40)).ShouldBeSameAs(one);
        Shared.Of(new string('y', 40)).ShouldNotBeSameAs(one);
    }

    [Fact]
    public void Of_MoreThanThereIsRoomFor_GivesEachItsOwnValue()
    {
        foreach (var number in Enumerable.Range(0, 20_000))
        {
            Shared.Of($"value {number}").ShouldBe($"value {number}");
        }
    }

    [Fact]
    public void Decode_TwoRowsOfOneGroup_ShareWhatTheyHaveAlike()
    {
        var (one, other) = (Load(), Load());

        one.Registration.Agent.ShouldBeSameAs(other.Registration.Agent);
        one.Registration.Sidecar.ShouldBeSameAs(other.Registration.Sidecar);
        one.Terms.ShouldBeSameAs(other.Terms);
        one.ConnectedTo.ShouldBeSameAs(other.ConnectedTo);
        one.Session.PolicyVersion.ShouldBeSameAs(other.Session.PolicyVersion);
        one.Marks.Single().Reason.ShouldBeSameAs(other.Marks.Single().Reason);
        one.Address.ShouldBeSameAs(one.Registration.Host.Addresses.Single().Ip);
    }

    [Fact]
    public void Heartbeat_OfTheBundleThatIsKnown_KeepsOneRevision()
    {
        var registered = Load();
        var presence = registered.Presence.Wanting(new("inputs", 1, "uid", new string('r', 20))).Running(new string('r', 20));

        presence.ConfigRevision.ShouldBeSameAs(presence.Bundle!.Revision);
        presence.Wanting(new("inputs", 2, "uid", new string('r', 20))).Bundle!.Revision.ShouldBeSameAs(presence.ConfigRevision);
        presence.Running("other").ConfigRevision.ShouldBe("other");
    }

    [Fact]
    public void Heartbeat_AfterTheCredentialExpired_ForgetsIt()
    {
        var opened = Examples.Open().Decide(new Workload(), Examples.Now);
        var registered = Examples.Register(opened.Reply.Epoch).Decide(opened.Next, Examples.Now).Next;
        var ready = Heartbeat(registered, Examples.Now);
        ready.Credentials.ShouldHaveSingleItem();
        ready.Nonces.ShouldHaveSingleItem();

        var later = Heartbeat(ready, Examples.Now.AddHours(2));

        later.Credentials.ShouldBeEmpty();
        later.Nonces.ShouldBeEmpty();
    }

    private static Workload Heartbeat(Workload state, DateTimeOffset now) =>
        Examples.Heartbeat(state.Epoch).Decide(state, now).ShouldBeOfType<Decision<Workload, CallReply>>().Next;

    private static Registered Load()
    {
        var opened = Examples.Open().Decide(new Workload(), Examples.Now);
        var registered = Examples.Register(opened.Reply.Epoch).Decide(opened.Next, Examples.Now).Next;
        return Workload.Codec.Decode(Workload.Codec.Encode(new(registered, []))).State.Resumed(Examples.Now).Registered!;
    }
}
