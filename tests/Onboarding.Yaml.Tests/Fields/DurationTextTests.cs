using Onboarding.Yaml.Fields;

namespace Onboarding.Yaml.Tests.Fields;

public class DurationTextTests
{
    [Theory]
    [InlineData("1h", 3600)]
    [InlineData("3600s", 3600)]
    [InlineData("1h30m", 5400)]
    [InlineData("1.5h", 5400)]
    [InlineData("500ms", 0.5)]
    [InlineData("0.500s", 0.5)]
    [InlineData(".5s", 0.5)]
    [InlineData("-10s", -10)]
    [InlineData("+10s", 10)]
    [InlineData("0", 0)]
    [InlineData("0s", 0)]
    [InlineData("2us", 0.000002)]
    [InlineData("2µs", 0.000002)]
    [InlineData("200ns", 0.0000002)]
    public void TryParse_GoOrProtobufForm_IsRead(string text, double seconds)
    {
        DurationText.TryParse(text, out var duration).ShouldBeTrue();
        duration.ShouldBe(TimeSpan.FromSeconds(seconds));
    }

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("1 h")]
    [InlineData("1d")]
    [InlineData("h")]
    [InlineData(".s")]
    [InlineData("1h-30m")]
    [InlineData("1h\n")]
    [InlineData("PT1H")]
    [InlineData("315576000001s")]
    [InlineData("999999999999999999999999999999999999999999999999s")]
    [InlineData("79228162514264337593543950335h")]
    public void TryParse_AnythingElse_IsRefused(string text) => DurationText.TryParse(text, out _).ShouldBeFalse();
}
