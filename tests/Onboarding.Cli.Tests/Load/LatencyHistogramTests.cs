using Onboarding.Cli.Load;

namespace Onboarding.Cli.Tests.Load;

public sealed class LatencyHistogramTests
{
    private readonly LatencyHistogram sut = new();

    [Fact]
    public void Percentile_OfNothing_IsZero() => sut.Percentile(0.5).ShouldBe(TimeSpan.Zero);

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.9)]
    [InlineData(0.99)]
    public void Percentile_OfAThousandToAMillion_IsRightToASixtyFourth(double share)
    {
        for (var microseconds = 1000; microseconds <= 1_000_000; microseconds += 1000)
        {
            sut.Record(TimeSpan.FromMicroseconds(microseconds));
        }

        sut.Percentile(share).TotalMicroseconds.ShouldBeInRange(share * 1_000_000, share * 1_000_000 * 65 / 64);
    }

    [Fact]
    public void Longest_IsExact()
    {
        sut.Record(TimeSpan.FromMicroseconds(1_234_567));
        sut.Record(TimeSpan.FromMicroseconds(3));

        sut.Longest.ShouldBe(TimeSpan.FromMicroseconds(1_234_567));
        sut.Percentile(1).ShouldBe(sut.Longest);
        sut.Count.ShouldBe(2);
    }

    [Fact]
    public void Record_DaysAndLess_StaysInBounds()
    {
        sut.Record(TimeSpan.FromDays(400));
        sut.Record(TimeSpan.FromSeconds(-1));

        sut.Percentile(0.5).ShouldBe(TimeSpan.Zero);
        sut.Longest.ShouldBe(TimeSpan.FromDays(400));
    }
}
