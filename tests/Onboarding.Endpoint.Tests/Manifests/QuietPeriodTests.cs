using Onboarding.Endpoint.Manifests;
using Onboarding.TestKit.Time;

namespace Onboarding.Endpoint.Tests.Manifests;

public sealed class QuietPeriodTests : IDisposable
{
    private readonly FakeTimeProvider time = new();
    private readonly QuietPeriod sut;

    public QuietPeriodTests() => sut = new QuietPeriod(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10), time);

    public void Dispose() => sut.Dispose();

    [Fact]
    public void Touch_Once_PassesASecondLater()
    {
        sut.Touch();
        time.Advance(TimeSpan.FromMilliseconds(999));
        HasPassed().ShouldBeFalse();
        time.Advance(TimeSpan.FromMilliseconds(1));
        HasPassed().ShouldBeTrue();
    }

    [Fact]
    public void Touch_Again_BeginsTheWaitAnew()
    {
        sut.Touch();
        time.Advance(TimeSpan.FromMilliseconds(900));
        sut.Touch();
        time.Advance(TimeSpan.FromMilliseconds(900));
        HasPassed().ShouldBeFalse();
        time.Advance(TimeSpan.FromMilliseconds(100));
        HasPassed().ShouldBeTrue();
    }

    [Fact]
    public void Touch_WithoutEnd_PassesAfterTheLongestWait()
    {
        for (var i = 0; i < 20; i++)
        {
            HasPassed().ShouldBeFalse();
            sut.Touch();
            time.Advance(TimeSpan.FromMilliseconds(500));
        }

        HasPassed().ShouldBeTrue();
    }

    [Fact]
    public void Wait_Untouched_DoesNotPass()
    {
        time.Advance(TimeSpan.FromHours(1));
        HasPassed().ShouldBeFalse();
    }

    private bool HasPassed()
    {
        using var stop = new CancellationTokenSource();
        var wait = sut.WaitAsync(stop.Token);
        stop.Cancel();
        return wait.IsCompletedSuccessfully;
    }
}
