using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Onboarding.Core.Sessions;

namespace Onboarding.Silo.Keys;

/// <summary>
/// Reads the signing keys again and again: a Secret that is mounted changes behind a link, and a key that was announced begins to sign at its time,
/// which is the same in every silo. Keys that cannot be used are told of once, and those before stay in force.
/// </summary>
internal sealed partial class SigningKeyReload(MountedSigningKeys mounted, SigningKeys keys, TimeProvider time, ILogger<SigningKeyReload> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private string problem = "";

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                Reload();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private void Reload()
    {
        try
        {
            var (before, next) = (keys.Current, mounted.Load());
            keys.Replace(next);
            problem = "";
            if (before.Active.Kid != next.Active.Kid || before.Keys.Length != next.Keys.Length)
            {
                LogLoaded(logger, next.Keys.Length, next.Active.Kid);
            }
        }
        catch (StartException unusable)
        {
            if (unusable.Message != problem)
            {
                problem = unusable.Message;
                LogUnusable(logger, problem);
            }
        }
    }

    [LoggerMessage(EventId = 3031, Level = LogLevel.Information, Message = "{Count} signing keys are loaded; {Kid} signs")]
    private static partial void LogLoaded(ILogger logger, int count, string kid);

    [LoggerMessage(EventId = 3032, Level = LogLevel.Error, Message = "{Problem}; those before stay in force")]
    private static partial void LogUnusable(ILogger logger, string problem);
}
