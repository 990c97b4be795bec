using System.Globalization;
using Onboarding.Cli.Output;

namespace Onboarding.Cli.Load;

/// <summary>A bar on the error stream while a load test runs; nothing where the output is no terminal.</summary>
internal sealed class ProgressLine : IDisposable
{
    private const int Width = 30;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    private readonly TextWriter error;
    private readonly ITimer? timer;

    public ProgressLine(CliConsole console, LoadStatistics statistics, int workloads, TimeProvider time)
    {
        error = console.Error;
        if (console.Rich.Profile.Capabilities.Ansi)
        {
            timer = time.CreateTimer(_ => Draw(statistics.Joined, workloads, statistics.Answers), null, Interval, Interval);
        }
    }

    public void Dispose()
    {
        timer?.Dispose();
        if (timer is not null)
        {
            error.WriteLine();
        }
    }

    private void Draw(int joined, int workloads, long answers)
    {
        var full = (int)((long)Width * joined / workloads);
        error.Write(string.Create(
            CultureInfo.InvariantCulture,
            $"\r[{new string('#', full)}{new string('.', Width - full)}] {joined}/{workloads} joined, {answers} answers "));
    }
}
