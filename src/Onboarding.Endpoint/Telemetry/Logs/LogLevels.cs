using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace Onboarding.Endpoint.Telemetry.Logs;

/// <summary>Log levels that administrators have set since the start; they are forgotten with the process.</summary>
internal sealed class LogLevels : IConfigureOptions<LoggerFilterOptions>, IOptionsChangeTokenSource<LoggerFilterOptions>, IDisposable
{
    private readonly Lock gate = new();
    private ImmutableSortedDictionary<string, LogLevel> levels = ImmutableSortedDictionary.Create<string, LogLevel>(StringComparer.Ordinal);
    private CancellationTokenSource changed = new();

    /// <summary>What is set, by the category's name or the beginning of it.</summary>
    public ImmutableSortedDictionary<string, LogLevel> Current
    {
        get
        {
            lock (gate)
            {
                return levels;
            }
        }
    }

    /// <inheritdoc/>
    string? IOptionsChangeTokenSource<LoggerFilterOptions>.Name => Options.DefaultName;

    /// <summary>Sets the least level that is logged of a category and those below it; null: as it was at the start.</summary>
    public void Set(string category, LogLevel? level)
    {
        CancellationTokenSource before;
        lock (gate)
        {
            levels = level is { } least ? levels.SetItem(category, least) : levels.Remove(category);
            (before, changed) = (changed, new CancellationTokenSource());
        }

        before.Cancel();
        before.Dispose();
    }

    /// <inheritdoc/>
    public void Configure(LoggerFilterOptions options)
    {
        // The last of the most specific rules wins: after those of the start.
        foreach (var (category, level) in Current)
        {
            options.AddFilter(category, level);
        }
    }

    /// <inheritdoc/>
    public IChangeToken GetChangeToken()
    {
        lock (gate)
        {
            return new CancellationChangeToken(changed.Token);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => changed.Dispose();
}
