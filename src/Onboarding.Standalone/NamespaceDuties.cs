using Microsoft.Extensions.Hosting;
using Onboarding.Core.Workloads;

namespace Onboarding.Standalone;

/// <summary>Runs the duties of all namespaces in the one process there is.</summary>
internal sealed class NamespaceDuties(NamespaceDuty duty) : BackgroundService
{
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await duty.RunAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }
}
