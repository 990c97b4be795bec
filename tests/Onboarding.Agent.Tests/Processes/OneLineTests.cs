using Onboarding.Agent.Processes;

namespace Onboarding.Agent.Tests.Processes;

public sealed class OneLineTests
{
    [Fact]
    public void Of_LineBreaksAndEscapes_AreTakenOut() => OneLine.Of("a\nforged line\r\x1b[31m").ShouldBe("a forged line  [31m");

    [Fact]
    public void Of_LongText_IsCut() => OneLine.Of(new string('x', 10_000)).Length.ShouldBe(513);

    [Theory]
    [InlineData(null)]
    [InlineData(" \n")]
    public void Of_Nothing_SaysSo(string? text) => OneLine.Of(text).ShouldBe("(nothing said)");
}
