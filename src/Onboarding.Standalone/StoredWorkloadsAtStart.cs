using Microsoft.Extensions.Hosting;
using Onboarding.Core.Workloads;
using Onboarding.Standalone.Sqlite;

namespace Onboarding.Standalone;

/// <summary>Wakes the stored workloads once, beside the calls that are already served.</summary>
internal sealed class StoredWorkloadsAtStart(StoredWorkloads workloads, SqliteEntityStore store) : BackgroundService
{
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Not within the start of the host, which waits until this method first yields.
        await Task.Yield();
        try
        {
            await workloads.WakeAsync(store.ListKeys(Workload.Codec.Kind), stoppingToken);
        }
        catch (OperationCanceledException)
        {
            // The host stops.
        }
    }
}
