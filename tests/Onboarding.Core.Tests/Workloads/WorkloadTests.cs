using Onboarding.Core.Configuration;
using Onboarding.Core.Workloads;
using Onboarding.Core.Workloads.Commands;
using Onboarding.Protocol;

namespace Onboarding.Core.Tests.Workloads;

public sealed class WorkloadTests
{
    private static readonly DateTimeOffset Now = Examples.Now;

    [Fact]
    public void Open_AskedTwice_GivesTheSameReplyThoughItsNonceIsUsed()
    {
        var once = Examples.Open().Decide(new Workload(), Now);

        var again = Examples.Open().Decide(once.Next, Now.AddSeconds(2));

        once.Durable.ShouldBeTrue();
        again.Next.ShouldBeSameAs(once.Next);
        again.Reply.ShouldBe(once.Reply);
    }

    [Fact]
    public void Open_ClockBehind_RaisesTheEpochAllTheSame()
    {
        var before = new Workload { Epoch = Now.AddYears(1).ToUnixTimeMilliseconds() };

        Examples.Open().Decide(before, Now).Reply.Epoch.ShouldBe(before.Epoch + 1);
        Examples.Open().Decide(new Workload { Epoch = 5 }, Now).Reply.Epoch.ShouldBe(Now.ToUnixTimeMilliseconds());
    }

    [Fact]
    public void Open_NonceOfAnotherSession_IsRefusedUntilAMinuteAfterItsExpiry()
    {
        var used = Examples.Open().Decide(new Workload(), Now).Next;
        var replay = Examples.Open(session: "another");

        replay.Decide(used, Now.AddSeconds(119)).Reply.Refusal!.Code.ShouldBe(ProblemCodes.CredentialRejected);
        replay.Decide(used, Now.AddSeconds(120)).Reply.Refusal.ShouldBeNull();
    }

    [Fact]
    public void Open_FloodOfNonces_IsBounded()
    {
        var workload = new Workload();
        for (var i = 0; i < 32; i++)
        {
            workload = (Examples.Open(session: $"s{i}") with { Nonce = $"n{i}" }).Decide(workload, Now).Next;
        }

        (Examples.Open(session: "more") with { Nonce = "more" }).Decide(workload, Now).Reply.Refusal!.Code.ShouldBe(ProblemCodes.RateLimited);
        workload.Nonces.Length.ShouldBe(32);
    }

    [Fact]
    public void Open_ManyCredentials_RemembersTheLastEight()
    {
        var workload = new Workload();
        for (var i = 0; i < 10; i++)
        {
            workload = (Examples.Open(session: $"s{i}") with { Credential = $"c{i}", Nonce = null }).Decide(workload, Now).Next;
        }

        workload.Credentials.Select(used => used.Hash).ShouldBe(["c2", "c3", "c4", "c5", "c6", "c7", "c8", "c9"]);
    }

    [Fact]
    public void Open_FifthSession_EndsTheOldestAndDeletesItsRow()
    {
        var workload = new Workload();
        for (var i = 0; i < 4; i++)
        {
            workload = (Examples.Open(session: $"s{i}") with { Nonce = null }).Decide(workload, Now).Next;
        }

        var fifth = (Examples.Open(session: "s4") with { Nonce = null }).Decide(workload, Now);

        fifth.Next.Opened.Select(session => session.Id).ShouldBe(["s1", "s2", "s3", "s4"]);
        fifth.Effects.ShouldBe([new DropSession("s0")]);
    }

    [Fact]
    public void Register_AskedTwice_IsStoredOnce()
    {
        var opened = Examples.Opened();
        var once = Examples.Register(opened.Epoch).Decide(opened, Now);

        var again = Examples.Register(opened.Epoch).Decide(once.Next, Now.AddSeconds(1));

        once.Durable.ShouldBeTrue();
        once.Effects.ShouldBe([new WriteRegistration(1), new HoldAddress("/192.0.2.10")]);
        again.Durable.ShouldBeFalse();
        again.Reply.Registered!.Revision.ShouldBe(1);
    }

    [Fact]
    public void Register_HigherEpoch_EndsEverySessionBelow()
    {
        var registered = Examples.Registered();
        var other = (Examples.Open(session: "other") with { Nonce = null }).Decide(registered, Now).Next;
        var next = (Examples.Open(session: "next") with { Nonce = null }).Decide(other, Now).Next;

        var taken = Examples.Register(next.Epoch, "next").Decide(next, Now);

        taken.Next.Opened.ShouldBeEmpty();
        taken.Effects.OfType<DropSession>().Select(effect => effect.Session).ShouldBe(["other", Examples.Session], ignoreOrder: true);
        Examples.Register(other.Epoch, "other").Decide(taken.Next, Now).Reply.Refusal!.Code.ShouldBe(ProblemCodes.Superseded);
    }

    [Fact]
    public void Call_TokenOfAnEpochThatWasNeverGiven_MustAttestAnew() =>
        Examples.Heartbeat(Examples.Registered().Epoch + 1).Decide(Examples.Registered(), Now).Reply.Refusal!.Code.ShouldBe(ProblemCodes.ReattestationRequired);

    [Fact]
    public void Heartbeat_NothingNew_ChangesMemoryOnly()
    {
        var registered = Examples.Registered();
        var first = Examples.Heartbeat(registered.Epoch).Decide(registered, Now);
        first.Durable.ShouldBeTrue("the sidecar is ready: a condition");

        var second = Examples.Heartbeat(registered.Epoch).Decide(first.Next, Now.AddSeconds(30));

        second.Durable.ShouldBeFalse();
        second.Next.Deadline.ShouldBe(Now.AddSeconds(120));
        Workload.Codec.Encode(new(second.Next, [])).ShouldBe(Workload.Codec.Encode(new(first.Next, [])));
    }

    [Fact]
    public void Policy_OlderThanWhatAllowed_RevokesNobody()
    {
        var registered = Examples.Registered();
        var stale = Examples.Heartbeat(registered.Epoch) with
        {
            Policy = new PolicyFacts("v0", Now.AddSeconds(-1), TimeSpan.Zero, new PolicyVerdict(IsAllowed: false, IsAtOnce: false)),
        };

        stale.Decide(registered, Now).Reply.IsLapsed.ShouldBeFalse();
        (stale with { Policy = stale.Policy with { AsOf = Now } }).Decide(registered, Now).Reply.IsLapsed.ShouldBeTrue();
    }

    [Fact]
    public void DeniedWorkload_ListOlderThanItsSession_IsRevokedAllTheSame()
    {
        var registered = Examples.Registered();
        var denied = Examples.Heartbeat(registered.Epoch) with
        {
            Policy = new PolicyFacts("v0", Now.AddSeconds(-1), TimeSpan.Zero, new PolicyVerdict(IsAllowed: false, IsAtOnce: true)),
        };

        denied.Decide(registered, Now).Reply.IsLapsed.ShouldBeTrue();
    }

    [Fact]
    public void Leave_AskedTwice_GivesTheSameReply()
    {
        var registered = Examples.Registered();
        var once = Examples.Leave(registered.Epoch).Decide(registered, Now);

        var again = Examples.Leave(registered.Epoch).Decide(once.Next, Now.AddSeconds(1));

        again.Reply.Refusal.ShouldBeNull();
        again.Next.ShouldBeSameAs(once.Next);
        once.Next.Deadline.ShouldBe(Now.AddSeconds(10));
    }

    [Fact]
    public void Expiry_EachStep_IsStoredBeforeTheNext()
    {
        var registered = Examples.Registered();

        var disconnected = registered.OnDeadline(Now.AddSeconds(90));
        disconnected.Durable.ShouldBeTrue();
        disconnected.Next.Registered!.Phase.ShouldBe(LeasePhase.Disconnected);
        disconnected.Next.Deadline.ShouldBe(Now.AddSeconds(390));
        var expiring = disconnected.Next.OnDeadline(Now.AddSeconds(390));
        expiring.Effects.ShouldBe([new AskForRemoval(3)]);
        expiring.Next.Deadline.ShouldBeNull();
        var gone = new RemoveExpired(3).Decide(expiring.Next, Now.AddSeconds(391));
        gone.Next.Registered.ShouldBeNull();
        gone.Effects.ShouldBe(
        [
            new RemoveRegistration("ratings-jwt-corp--vm1", registered.Epoch, "its lease ended", IsBraked: true),
            new DropSession(Examples.Session),
            new DropAddress("/192.0.2.10"),
        ]);
        new RemoveExpired(3).Decide(gone.Next, Now.AddSeconds(391)).Reply.IsDone.ShouldBeFalse();
    }

    [Fact]
    public void Removal_AgentCameBackMeanwhile_IsNotDone()
    {
        var registered = Examples.Registered();
        var expiring = registered.OnDeadline(Now.AddSeconds(90)).Next.OnDeadline(Now.AddSeconds(390)).Next;
        var back = Examples.Heartbeat(registered.Epoch).Decide(expiring, Now.AddSeconds(391)).Next;

        new RemoveExpired(3).Decide(back, Now.AddSeconds(392)).Next.ShouldBeSameAs(back);
        back.Registered!.Phase.ShouldBe(LeasePhase.Live);
    }

    [Fact]
    public void Removal_LoadedAgain_BeginsTheLeaseAnew()
    {
        var registered = Examples.Registered();
        var expiring = registered.OnDeadline(Now.AddSeconds(90)).Next.OnDeadline(Now.AddSeconds(390)).Next;

        var resumed = Workload.Codec.Decode(Workload.Codec.Encode(new(expiring, []))).State.Resumed(Now.AddHours(1));

        new RemoveExpired(3).Decide(resumed, Now.AddHours(1)).Reply.IsDone.ShouldBeFalse();
        resumed.Deadline.ShouldBe(Now.AddHours(1).AddSeconds(390));
        resumed.RefuseDuplicate("another", provesMachine: false, DuplicateIdentity.Reject, Now.AddHours(1)).ShouldBeNull("its lease is not live");
    }

    [Fact]
    public void Lease_LoadedAgain_IsLiveForThreeIntervals()
    {
        var resumed = Workload.Codec.Decode(Workload.Codec.Encode(new(Examples.Registered(), []))).State.Resumed(Now.AddHours(1));

        resumed.Deadline.ShouldBe(Now.AddHours(1).AddSeconds(90));
        resumed.RefuseDuplicate("another", provesMachine: false, DuplicateIdentity.Reject, Now.AddHours(1))!.RetryAfter.ShouldBe(TimeSpan.FromSeconds(90));
    }

    [Fact]
    public void Gone_EpochIsKnown_AsLongAsATokenCouldBeValid()
    {
        var left = Examples.Leave(Examples.Registered().Epoch).Decide(Examples.Registered(), Now).Next;
        var gone = left.OnDeadline(Now.AddSeconds(10));
        gone.Effects.ShouldBe([new RemoveRegistration("ratings-jwt-corp--vm1", left.Epoch, "left"), new DropAddress("/192.0.2.10")]);

        gone.Next.IsAbsent.ShouldBeFalse();
        gone.Next.Deadline.ShouldBe(Now.AddHours(2), "its credential is remembered longest");
        gone.Next.OnDeadline(Now.AddHours(2)).Next.IsAbsent.ShouldBeTrue();
    }

    [Fact]
    public void Opened_NeverRegistered_IsForgottenWithItsRow()
    {
        var opened = Examples.Opened();

        var expired = opened.OnDeadline(Now.AddHours(1));

        expired.Next.Opened.ShouldBeEmpty();
        expired.Effects.ShouldBe([new DropSession(Examples.Session)]);
        expired.Next.OnDeadline(Now.AddHours(2)).Next.IsAbsent.ShouldBeTrue();
    }

    [Fact]
    public void Written_OlderThanWhatIsKnown_IsIgnored()
    {
        var registered = Examples.Registered();

        new EntryWritten(1, "older uid").Decide(registered, Now).Next.ShouldBeSameAs(registered);
        new EntryWritten(2, "never asked for").Decide(registered, Now).Next.ShouldBeSameAs(registered);
    }

    [Fact]
    public void Adopt_WhatIsKnown_ChangesNothing()
    {
        var registered = Examples.Registered();

        Examples.Adopt(registered.Epoch).Decide(registered, Now).Next.ShouldBeSameAs(registered);
        Examples.Adopt(1).Decide(registered, Now).Next.ShouldBeSameAs(registered);
    }

    [Fact]
    public void Adopt_WrittenWithAHigherEpoch_RaisesOurs()
    {
        var restored = Examples.Registered();

        var adopted = Examples.Adopt(restored.Epoch + 5).Decide(restored, Now);

        adopted.Next.Epoch.ShouldBe(restored.Epoch + 5);
        adopted.Next.Registered!.Phase.ShouldBe(LeasePhase.Disconnected);
        Examples.Heartbeat(restored.Epoch).Decide(adopted.Next, Now).Reply.Refusal!.Code.ShouldBe(ProblemCodes.Superseded);
        adopted.Effects.ShouldContain(new DropSession(Examples.Session));
        Examples.Adopt(restored.Epoch + 5).Decide(adopted.Next, Now).Next.ShouldBeSameAs(adopted.Next);
    }

    [Fact]
    public void Adopt_WhatHadEndedBefore_IsRemovedAgain()
    {
        var registered = Examples.Registered();
        var ended = new RevokeSession(Examples.Session, "no policy").Decide(registered, Now).Next;

        var shown = Examples.Adopt(registered.Epoch).Decide(ended, Now);

        shown.Reply.IsRemoved.ShouldBeTrue();
        shown.Next.Registered.ShouldBeNull();
        Examples.Adopt(registered.Epoch + 1).Decide(ended, Now).Reply.IsAdopted.ShouldBeTrue();
    }

    [Fact]
    public void InventedSession_AskedOfAWorkloadThatIsNotKnown_CreatesNothing()
    {
        var absent = new Workload();

        foreach (var command in new SessionCall[]
        {
            Examples.Heartbeat(7),
            Examples.Register(7),
            Examples.Leave(7),
            new CheckSession { Session = "s", Epoch = 7, Policy = Examples.Policy },
            new KeepSession { Session = "s", Epoch = 7, Policy = Examples.Policy, TokenValidity = TimeSpan.FromHours(1) },
        })
        {
            var decision = command.Decide(absent, Now);
            decision.Next.ShouldBeSameAs(absent);
            decision.Reply.Refusal!.Code.ShouldBe(ProblemCodes.ReattestationRequired);
        }

        new EndSession("s").Decide(absent, Now).Next.ShouldBeSameAs(absent);
        new RevokeSession("s", "r").Decide(absent, Now).Next.ShouldBeSameAs(absent);
        new Describe().Decide(absent, Now).Next.ShouldBeSameAs(absent);
    }

    [Fact]
    public void Adopt_KnownFromABackupBeforeItsSuspension_IsSuspended()
    {
        var registered = Examples.Registered();
        var found = Examples.Adopt(registered.Epoch) with { Suspended = "stolen" };

        var known = found.Decide(registered, Now);

        known.Next.Suspended.ShouldBe("stolen");
        known.Next.Find(Examples.Session).ShouldBeNull();
        known.Effects.OfType<WriteRegistration>().ShouldHaveSingleItem();
    }

    [Fact]
    public void Adopt_ItsResumptionIsStillToBeWritten_IsNotSuspendedAgain()
    {
        var suspended = new Suspend("stolen").Decide(Examples.Registered(), Now).Next;
        var resumed = new Suspend(null).Decide(suspended, Now).Next;

        (Examples.Adopt(resumed.Epoch) with { Suspended = "stolen" }).Decide(resumed, Now).Next.Suspended.ShouldBeNull();
    }

    [Fact]
    public void Adopt_WrittenAfterItsResumption_IsNotSuspended()
    {
        var suspended = new Suspend("stolen").Decide(Examples.Registered(), Now).Next;

        Examples.Adopt(suspended.Epoch + 1).Decide(suspended, Now).Next.Suspended.ShouldBeNull();
    }
}
