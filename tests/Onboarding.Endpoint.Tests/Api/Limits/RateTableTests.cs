using Onboarding.Endpoint.Api.Limits;
using Onboarding.TestKit.Time;

namespace Onboarding.Endpoint.Tests.Api.Limits;

public sealed class RateTableTests
{
    private readonly FakeTimeProvider time = new();
    private readonly RateTable sut;

    public RateTableTests() => sut = new RateTable(new RateLimit(3, TimeSpan.FromSeconds(10)), time);

    [Fact]
    public void TryTake_Burst_IsGrantedAndThenRefusedUntilTheInterval()
    {
        Take(3).ShouldAllBe(wait => wait == null);

        sut.TryTake("a").ShouldBe(TimeSpan.FromSeconds(10));
        time.Advance(TimeSpan.FromSeconds(4));
        sut.TryTake("a").ShouldBe(TimeSpan.FromSeconds(6));
        time.Advance(TimeSpan.FromSeconds(6));
        sut.TryTake("a").ShouldBeNull();
        sut.TryTake("a").ShouldNotBeNull();
    }

    [Fact]
    public void TryTake_AfterALongPause_GrantsTheBurstAndNoMore()
    {
        Take(3);
        time.Advance(TimeSpan.FromHours(1));

        Take(4).Count(wait => wait is null).ShouldBe(3);
    }

    [Fact]
    public void TryTake_OtherKey_HasItsOwnBucket()
    {
        Take(3);

        sut.TryTake("b").ShouldBeNull();
    }

    [Fact]
    public void WaitOf_Key_TellsWithoutTaking()
    {
        Take(2);
        sut.WaitOf("a").ShouldBeNull();
        sut.WaitOf("a").ShouldBeNull();
        Take(1);

        sut.WaitOf("a").ShouldBe(TimeSpan.FromSeconds(10));
        sut.WaitOf("b").ShouldBeNull();
    }

    [Fact]
    public void TryTake_ManyKeys_ForgetsThoseWhoseBucketsAreFull()
    {
        for (var index = 0; index < 100_000; index++)
        {
            sut.TryTake($"key-{index}");
            time.Advance(TimeSpan.FromMilliseconds(100));
        }

        sut.Count.ShouldBeLessThan(2_000);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void AnyCall_FewKeysLongAgo_ForgetsThemInTime(bool isTaking)
    {
        foreach (var index in Enumerable.Range(0, 500))
        {
            sut.TryTake($"key-{index}");
        }

        time.Advance(TimeSpan.FromSeconds(59));
        Call();
        sut.Count.ShouldBeGreaterThanOrEqualTo(500);

        time.Advance(TimeSpan.FromSeconds(1));
        Call();
        sut.Count.ShouldBeLessThanOrEqualTo(2);

        void Call() => _ = isTaking ? sut.TryTake("another") : sut.WaitOf("another");
    }

    [Fact]
    public void AnyCall_InTime_KeepsBucketsThatAreNotFull()
    {
        time.Advance(TimeSpan.FromSeconds(59));
        Take(3);
        time.Advance(TimeSpan.FromSeconds(1));

        sut.TryTake("another");

        sut.TryTake("a").ShouldNotBeNull();
    }

    [Fact]
    public async Task TryTake_ManyAtOnce_GrantsExactlyTheBurst()
    {
        using var start = new Barrier(4);
        var granted = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Factory.StartNew(
            () =>
            {
                start.SignalAndWait();
                return Take(50).Count(wait => wait is null);
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)));

        granted.Sum().ShouldBe(3);
    }

    private List<TimeSpan?> Take(int times) => [.. Enumerable.Range(0, times).Select(_ => sut.TryTake("a"))];
}
