using Onboarding.Core.Workloads.Namespaces;

namespace Onboarding.Core.Tests.Workloads.Namespaces;

public sealed class PolicyNamespaceTests
{
    private static readonly DateTimeOffset Now = Examples.Now;

    [Fact]
    public void AskRemoval_AskedTwice_CountsOnce()
    {
        var first = Ask("a", members: 10).Decide(new PolicyNamespace(), Now);
        var again = Ask("a", members: 10).Decide(first.Next, Now);

        first.Durable.ShouldBeTrue();
        again.Reply.IsGranted.ShouldBeTrue();
        again.Next.ShouldBeSameAs(first.Next);
    }

    [Fact]
    public void AskRemoval_RemovedAndRegisteredAgain_CountsAnew()
    {
        var granted = Ask("a", members: 10).Decide(new PolicyNamespace(), Now).Next;
        var done = new NoteRemoved("a") { Group = "ratings" }.Decide(granted, Now).Next;

        Ask("a", members: 10).Decide(done, Now).Next.Find("ratings", Now).Removals.Length.ShouldBe(2);
    }

    [Fact]
    public void AskRemoval_ThoseRemovedAreInNoLaterCount_CountForTheSize()
    {
        var state = Ask("a", members: 10).Decide(new PolicyNamespace(), Now).Next;
        var later = Now.AddSeconds(30);

        Ask("b", members: 9, later).Decide(state, later).Reply.IsGranted.ShouldBeFalse("it may still be among the nine");
        var done = new NoteRemoved("a") { Group = "ratings" }.Decide(state, Now).Next;
        Ask("b", members: 9, later).Decide(done, later).Reply.IsGranted.ShouldBeTrue();
    }

    [Fact]
    public void AskRemoval_JustRemovedByAnotherClock_DoesNotRaiseTheLimit()
    {
        var state = Ask("a", members: 10).Decide(new PolicyNamespace(), Now).Next;
        var done = new NoteRemoved("a") { Group = "ratings" }.Decide(state, Now).Next;
        var soon = Now.AddSeconds(1);

        Ask("b", members: 9, soon).Decide(done, soon).Reply.IsGranted.ShouldBeFalse();
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(100, true)]
    public void AskRemoval_LimitIsNothingOrAll_IsTakenAtItsWord(int maxPercent, bool isGranted) =>
        (Ask("a", members: 5) with { MaxPercent = maxPercent }).Decide(new PolicyNamespace(), Now).Reply.IsGranted.ShouldBe(isGranted);

    [Fact]
    public void AskRemoval_Held_IsStoredOnceAndThenRemembered()
    {
        var first = (Ask("a", members: 5) with { MaxPercent = 0 }).Decide(new PolicyNamespace(), Now);
        var second = (Ask("b", members: 5) with { MaxPercent = 0 }).Decide(first.Next, Now);

        first.Durable.ShouldBeTrue();
        first.Reply.IsNews.ShouldBeTrue();
        second.Durable.ShouldBeFalse();
        second.Reply.IsNews.ShouldBeFalse();
        second.Reply.Waiting.ShouldBe(2);
    }

    [Fact]
    public void OnDeadline_AllIsOver_NeedsNoRow()
    {
        var state = Ask("a", members: 10).Decide(new PolicyNamespace(), Now).Next;
        state = new TakeTurn("b") { Group = "ratings", Limit = 1, Bound = TimeSpan.FromMinutes(1) }.Decide(state, Now).Next;

        state.Deadline.ShouldBe(Now.AddMinutes(5));
        state.OnDeadline(Now.AddMinutes(5)).Next.IsAbsent.ShouldBeTrue();
    }

    [Theory]
    [InlineData("10%", 9, 1)]
    [InlineData("10%", 10, 1)]
    [InlineData("10%", 29, 2)]
    [InlineData("100%", 7, 7)]
    [InlineData("3", 1000, 3)]
    [InlineData("10%", 0, 1)]
    [InlineData("10%", 100_000, 1000)]
    [InlineData("5000", 100_000, 1000)]
    public void LimitOf_CountOrPercentage_IsAtLeastOneAndNotMoreThanARowBears(string maxUnavailable, int members, int limit) =>
        RolloutTurns.LimitOf(maxUnavailable, members).ShouldBe(limit);

    private static AskRemoval Ask(string workload, int members, DateTimeOffset? countedAt = null) => new()
    {
        Group = "ratings",
        Workload = workload,
        Members = members,
        CountedAt = countedAt ?? Now,
        MaxPercent = 20,
        Window = TimeSpan.FromMinutes(5),
        Pace = TimeSpan.FromSeconds(30),
    };
}
