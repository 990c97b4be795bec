using System.Globalization;
using Microsoft.Extensions.Logging;
using Onboarding.Agent.Processes;

namespace Onboarding.Agent.Logging;

/// <summary>Writes each entry as one line, <c>time level event message</c>, for a journal that keeps lines.</summary>
internal sealed class LineLogger(TextWriter writer, TimeProvider time, LogLevel minimum = LogLevel.Information) : ILogger
{
    private readonly Lock gate = new();

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= minimum && logLevel != LogLevel.None;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel))
        {
            return;
        }

        var when = time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        var reason = exception is null ? "" : $": {OneLine.Of(exception.Message)}";
        var line = $"{when} {NameOf(logLevel)} [{eventId.Id.ToString(CultureInfo.InvariantCulture)}] {OneLine.Of(formatter(state, exception) + reason)}";
        lock (gate)
        {
            writer.WriteLine(line);
            writer.Flush();
        }
    }

    private static string NameOf(LogLevel level) => level switch
    {
        LogLevel.Trace or LogLevel.Debug => "debug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        _ => "error",
    };
}
