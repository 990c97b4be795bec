using System.Text;
using Onboarding.Core.Entities;
using Onboarding.Core.Sessions;
using Onboarding.Protocol;

namespace Onboarding.Core.Tests.Sessions;

public sealed class SessionTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, 250, TimeSpan.Zero);
    private static readonly TimeSpan Validity = TimeSpan.FromHours(1);
    private static readonly IssuedToken First = new("first", Now.ToWholeSeconds(), Now.ToWholeSeconds() + Validity);
    private static readonly Session Started = new StartSession("thumbprint", First, Now.AddDays(1)).Decide(Session.Absent("id"), Now).Next;

    [Fact]
    public void Start_AskedTwice_GivesTheSameReply()
    {
        var again = new StartSession("thumbprint", First, Now.AddDays(1)).Decide(Started, Now.AddSeconds(1));

        again.Next.ShouldBeSameAs(Started);
        again.Reply.ShouldBe(new TokenReply(TokenStanding.Current, First));
    }

    [Fact]
    public void Renew_AskedTwice_GivesTheSameSuccessorWithItsTimes()
    {
        var renewal = new RenewToken("first", "second", Validity);
        var once = renewal.Decide(Started, Now.AddMinutes(30));

        var again = renewal.Decide(once.Next, Now.AddMinutes(30).AddSeconds(60));

        once.Durable.ShouldBeTrue();
        again.Durable.ShouldBeFalse();
        again.Reply.Current.ShouldBe(once.Reply.Current);
        again.Reply.Standing.ShouldBe(TokenStanding.Previous);
    }

    [Fact]
    public void Renew_WithThePreviousAfterAMinute_CompromisesTheSession()
    {
        var renewed = new RenewToken("first", "second", Validity).Decide(Started, Now).Next;

        var late = new RenewToken("first", "second", Validity).Decide(renewed, Now.AddSeconds(60).AddTicks(1));

        late.Reply.Standing.ShouldBe(TokenStanding.Reused);
        late.Durable.ShouldBeTrue();
        new CheckToken("second").Decide(late.Next, Now.AddSeconds(61)).Reply.Standing.ShouldBe(TokenStanding.Unknown);
        new CheckToken("first").Decide(late.Next, Now.AddSeconds(61)).Reply.Standing.ShouldBe(TokenStanding.Reused, "asked twice");
    }

    [Fact]
    public void Check_TokenFromTwoRenewalsAgo_CompromisesTheSession()
    {
        var second = new RenewToken("first", "second", Validity).Decide(Started, Now).Next;
        var third = new RenewToken("second", "third", Validity).Decide(second, Now).Next;

        new CheckToken("first").Decide(third, Now).Next.IsCompromised.ShouldBeTrue();
        new CheckToken("second").Decide(third, Now).Reply.Standing.ShouldBe(TokenStanding.Previous);
    }

    [Fact]
    public void Renew_AfterTheSessionsEnd_Lapses()
    {
        new RenewToken("first", "second", Validity).Decide(Started, Now.AddDays(1).AddTicks(-1)).Reply.Standing.ShouldBe(TokenStanding.Current);
        new RenewToken("first", "second", Validity).Decide(Started, Now.AddDays(1)).Reply.Standing.ShouldBe(TokenStanding.Lapsed);
    }

    [Fact]
    public void InventedSession_Asked_CreatesNothing()
    {
        var absent = Session.Absent("id");

        foreach (var decision in new Decision<Session>[]
        {
            new CheckToken("x").Decide(absent, Now),
            new RenewToken("x", "y", Validity).Decide(absent, Now),
            new TakeSidecarToken().Decide(absent, Now),
            new KeepSidecarToken(new SidecarTokenResponse("t", Now)).Decide(absent, Now),
            new DeleteSession().Decide(absent, Now),
        })
        {
            decision.Next.ShouldBeSameAs(absent);
            decision.Durable.ShouldBeFalse();
        }
    }

    [Fact]
    public void Delete_TakesTheRowAway() => new DeleteSession().Decide(Started, Now).Next.IsAbsent.ShouldBeTrue();

    [Fact]
    public void SidecarToken_WhileOneIsFetched_NobodyElseFetches()
    {
        var first = new TakeSidecarToken().Decide(Started, Now);
        first.Reply.ShouldBe(new SidecarTokenReply(null, MayFetch: true));
        first.Durable.ShouldBeFalse();

        new TakeSidecarToken().Decide(first.Next, Now.AddSeconds(9)).Reply.MayFetch.ShouldBeFalse();
        new TakeSidecarToken().Decide(first.Next, Now.AddSeconds(10)).Reply.MayFetch.ShouldBeTrue("the first one has failed");
    }

    [Fact]
    public void SidecarToken_StateOfTheSession_IsNeverStored()
    {
        var kept = new KeepSidecarToken(new SidecarTokenResponse("a secret token", Now.AddHours(1))).Decide(Started, Now);

        kept.Durable.ShouldBeFalse();
        Encoding.UTF8.GetString(Session.Codec.Encode(new(kept.Next, []))).ShouldNotContain("secret");
        kept.Next.Deadline.ShouldBe(Now.AddMinutes(10));
        kept.Next.OnDeadline(Now.AddMinutes(10)).Next.Deadline.ShouldBeNull();
    }

    [Fact]
    public void Successor_SameTokenOfTheSameSession_IsTheSame()
    {
        SessionIds.Successor("sid", "jti").ShouldBe(SessionIds.Successor("sid", "jti"));
        SessionIds.Successor("sid", "jti").ShouldNotBe(SessionIds.Successor("sid2", "jti"), StringComparer.Ordinal);
        SessionIds.Successor("sid", "jti").ShouldNotBe(SessionIds.Successor("sid", "jti2"), StringComparer.Ordinal);
    }
}
