using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Onboarding.Agent.Tests.Fakes;

/// <summary>Keeps what was logged.</summary>
internal sealed class RecordingLogger : ILogger
{
    private readonly ConcurrentQueue<(int Id, string Text)> entries = [];

    public IReadOnlyList<string> Lines => [.. entries.Select(entry => entry.Text)];

    public int CountOf(int id) => entries.Count(entry => entry.Id == id);

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        entries.Enqueue((eventId.Id, formatter(state, exception)));
}
