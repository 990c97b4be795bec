using Microsoft.Extensions.Logging;
using Onboarding.Agent.Life;

namespace Onboarding.Agent.Sidecar;

/// <summary>Ends a sidecar: it is asked to drain, and killed if it takes too long.</summary>
internal static partial class SidecarDrain
{
    private static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(20);

    public static async Task RunAsync(ISidecarProcess sidecar, IDelay delay, ILogger logger)
    {
        using var ended = new CancellationTokenSource();
        sidecar.Terminate();
        await Task.WhenAny(sidecar.Ended, delay.WaitAsync(DrainTime, ended.Token));
        await ended.CancelAsync();
        if (!sidecar.Ended.IsCompleted)
        {
            Killed(logger, DrainTime.TotalSeconds);
            sidecar.Kill();
            await sidecar.Ended;
        }
    }

    [LoggerMessage(1305, LogLevel.Warning, "Sidecar did not drain within {Seconds} s and was killed")]
    private static partial void Killed(ILogger logger, double seconds);
}
