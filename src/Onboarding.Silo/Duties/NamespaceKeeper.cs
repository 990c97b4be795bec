using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Onboarding.Core.Workloads;

namespace Onboarding.Silo.Duties;

/// <summary>
/// On every silo: asks each namespace's duty to run. One activation of it answers all keepers, and when its silo has gone, the first keeper to ask
/// starts it elsewhere. Nobody leads.
/// </summary>
internal sealed partial class NamespaceKeeper(IGrainFactory grains, NamespaceDuty duty, TimeProvider time, ILogger<NamespaceKeeper> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            do
            {
                await KeepAllAsync(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private async Task KeepAllAsync(CancellationToken cancellationToken)
    {
        try
        {
            foreach (var name in await duty.ListNamespacesAsync(cancellationToken))
            {
                await grains.GetGrain<INamespaceDutyGrain>(name).KeepAsync();
            }
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            LogNotKept(logger, Interval.TotalSeconds, failure);
        }
    }

    [LoggerMessage(EventId = 3021, Level = LogLevel.Warning, Message = "Not every namespace's duty could be asked to run; again in {Seconds} s")]
    private static partial void LogNotKept(ILogger logger, double seconds, Exception failure);
}
