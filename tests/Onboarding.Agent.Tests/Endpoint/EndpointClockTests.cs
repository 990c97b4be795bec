using Onboarding.Agent.Endpoint;
using Onboarding.Agent.Tests.Fakes;
using Onboarding.TestKit.Time;

namespace Onboarding.Agent.Tests.Endpoint;

public sealed class EndpointClockTests
{
    private readonly FakeTimeProvider time = new();
    private readonly RecordingLogger logger = new();

    [Fact]
    public void Now_AfterAnAnswer_GoesOnFromItsDate()
    {
        var sut = new EndpointClock(time, logger);
        var date = time.GetUtcNow().AddHours(-5);
        sut.Observe(date);

        time.Advance(TimeSpan.FromMinutes(3));

        sut.Now.ShouldBe(date.AddMinutes(3));
    }

    [Fact]
    public void Observe_DifferenceOverHalfAMinute_IsAWarningOnceUntilItIsRight()
    {
        var sut = new EndpointClock(time, logger);
        sut.Observe(time.GetUtcNow().AddSeconds(29));
        logger.CountOf(1201).ShouldBe(0);

        sut.Observe(time.GetUtcNow().AddSeconds(31));
        sut.Observe(time.GetUtcNow().AddSeconds(-31));
        logger.CountOf(1201).ShouldBe(1);

        sut.Observe(time.GetUtcNow());
        sut.Observe(time.GetUtcNow().AddSeconds(31));
        logger.CountOf(1201).ShouldBe(2);
    }

    [Fact]
    public void Now_BeforeAnyAnswer_IsTheMachines()
    {
        var sut = new EndpointClock(time, logger);
        sut.Observe(null);

        sut.Now.ShouldBe(time.GetUtcNow());
    }
}
