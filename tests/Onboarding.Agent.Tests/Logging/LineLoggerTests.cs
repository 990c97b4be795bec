using Microsoft.Extensions.Logging;
using Onboarding.Agent.Logging;
using Onboarding.TestKit.Time;

namespace Onboarding.Agent.Tests.Logging;

public sealed class LineLoggerTests
{
    [Fact]
    public void Log_EntryWithLineBreaksAndAnException_IsOneLine()
    {
        using var writer = new StringWriter();
        var sut = new LineLogger(writer, new FakeTimeProvider());

        sut.Log(LogLevel.Warning, new EventId(7), "a\nb", new InvalidOperationException("c\nd"), (state, _) => state);

        writer.ToString().ShouldBe("2026-03-01T12:00:00.000Z warn [7] a b: c d\n");
    }

    [Fact]
    public void Log_BelowTheLevel_IsNotWritten()
    {
        using var writer = new StringWriter();
        var sut = new LineLogger(writer, new FakeTimeProvider());

        sut.Log(LogLevel.Debug, new EventId(7), "a", null, (state, _) => state);

        writer.ToString().ShouldBeEmpty();
    }
}
