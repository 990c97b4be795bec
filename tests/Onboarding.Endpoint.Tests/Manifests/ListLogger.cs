using Microsoft.Extensions.Logging;

namespace Onboarding.Endpoint.Tests.Manifests;

/// <summary>Keeps what is logged.</summary>
internal sealed class ListLogger<T> : ILogger<T>
{
    private readonly List<(LogLevel Level, string Message)> lines = [];

    public IReadOnlyList<string> At(LogLevel level)
    {
        lock (lines)
        {
            return [.. lines.Where(line => line.Level == level).Select(line => line.Message)];
        }
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (lines)
        {
            lines.Add((logLevel, formatter(state, exception)));
        }
    }
}
