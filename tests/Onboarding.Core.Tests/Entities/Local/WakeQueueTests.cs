using Onboarding.Core.Entities.Local;
using Onboarding.TestKit.Time;

namespace Onboarding.Core.Tests.Entities.Local;

public sealed class WakeQueueTests : IDisposable
{
    private readonly FakeTimeProvider time = new();
    private readonly WakeQueue sut;
    private readonly List<string> woken = [];

    public WakeQueueTests() => sut = new WakeQueue(time);

    public void Dispose() => sut.Dispose();

    [Fact]
    public void Set_Several_WokenInOrderAtTheirTimes()
    {
        Set("c", 30);
        Set("a", 10);
        Set("b", 20);

        time.Advance(TimeSpan.FromSeconds(9));
        woken.ShouldBeEmpty();

        time.Advance(TimeSpan.FromSeconds(11));
        woken.ShouldBe(["a", "b"]);

        time.Advance(TimeSpan.FromSeconds(10));
        woken.ShouldBe(["a", "b", "c"]);
    }

    [Theory]
    [InlineData(10, 20)]
    [InlineData(20, 10)]
    public void Set_Again_WokenOnceAtTheLastTime(int before, int last)
    {
        var wakeable = Set("a", before);
        Set(wakeable, last);

        time.Advance(TimeSpan.FromSeconds(last - 1));
        woken.ShouldBeEmpty();

        time.Advance(TimeSpan.FromHours(1));
        woken.ShouldBe(["a"]);
    }

    [Fact]
    public void Set_WhenItHasPassed_WokenAtOnce()
    {
        Set("a", -5);

        time.Advance(TimeSpan.Zero);

        woken.ShouldBe(["a"]);
    }

    [Fact]
    public void Set_BeyondWhatATimerCanWait_WokenThen()
    {
        Set("a", 100 * 24 * 3600);

        time.Advance(TimeSpan.FromDays(99));
        woken.ShouldBeEmpty();

        time.Advance(TimeSpan.FromDays(1));
        woken.ShouldBe(["a"]);
    }

    [Fact]
    public void Set_FromWithinAWake_WokenAgain()
    {
        Sleeper? again = null;
        again = new Sleeper(() =>
        {
            woken.Add("a");
            if (woken.Count < 3)
            {
                Set(again!, 10);
            }
        });
        Set(again, 10);

        time.Advance(TimeSpan.FromMinutes(5));

        woken.Count.ShouldBe(3);
    }

    [Fact]
    public void Set_AgainAndAgain_EarlierEntriesAreSweptAndNoneIsLost()
    {
        var moved = Set("moved", 7200);
        Set("other", 20);

        for (var sooner = 1; sooner <= 5000; sooner++)
        {
            Set(moved, 7200 - sooner);
        }

        sut.Count.ShouldBeLessThan(2000);
        time.Advance(TimeSpan.FromSeconds(2199));
        woken.ShouldBe(["other"]);
        time.Advance(TimeSpan.FromHours(2));
        woken.ShouldBe(["other", "moved"]);
    }

    private Sleeper Set(string name, int seconds) => Set(new Sleeper(() => woken.Add(name)), seconds);

    private Sleeper Set(Sleeper wakeable, int seconds)
    {
        sut.Set(wakeable, time.GetUtcNow().UtcDateTime + TimeSpan.FromSeconds(seconds));
        return wakeable;
    }

    private sealed class Sleeper(Action onWake) : Wakeable
    {
        public override void Wake() => onWake();
    }
}
