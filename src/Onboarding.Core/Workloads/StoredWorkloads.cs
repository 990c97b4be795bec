using Microsoft.Extensions.Logging;
using Onboarding.Core.Entities;
using Onboarding.Core.Identity;
using Onboarding.Core.Workloads.Commands;

namespace Onboarding.Core.Workloads;

/// <summary>
/// Wakes, after a start, the workloads that have a row. A process may have died between the commit of a registration and its file, and the agent may never
/// come back: then nothing that is written leads to the row, and neither its effects nor its lease would ever end. And a file that was not forced to the
/// disk may be missing after a power failure, although the row says that it was written.
/// </summary>
internal sealed partial class StoredWorkloads(IEntityHost<Workload> workloads, IRegistrationSink sink, TimeProvider time, ILogger<StoredWorkloads> logger)
{
    private const int AskedAtOnce = 100;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Asks each workload, paced; one that is unavailable will be asked by its agent, or after the next start.</summary>
    /// <param name="keys">Keys of the rows.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task WakeAsync(IEnumerable<string> keys, CancellationToken cancellationToken)
    {
        var (asked, lost) = (0, 0);
        foreach (var key in keys)
        {
            if (++asked % AskedAtOnce == 0)
            {
                await Task.Delay(Pause, time, cancellationToken);
            }

            try
            {
                lost += await WakeAsync(key, cancellationToken) ? 1 : 0;
            }
            catch (UnavailableException unavailable)
            {
                LogUnavailable(logger, key, unavailable);
            }
        }

        LogWoken(logger, asked, lost);
    }

    // To be asked anything loads it, begins its lease, and does again what its row holds to be done.
    private async ValueTask<bool> WakeAsync(string key, CancellationToken cancellationToken)
    {
        var (registered, _, _) = await workloads.AskTwiceAsync(key, new Describe(), cancellationToken);
        if (registered?.Written is not { Uid: not null }
            || await sink.ExistsAsync(WorkloadKey.NamespaceOf(key), registered.Session.Name, cancellationToken))
        {
            return false;
        }

        await workloads.AskTwiceAsync(key, new WriteAgain(registered.Revision, IsLost: true), cancellationToken);
        return true;
    }

    [LoggerMessage(EventId = 1311, Level = LogLevel.Information, Message = "{Count} stored workloads were woken; what {Lost} of them had written was missing, and is written again")]
    private static partial void LogWoken(ILogger logger, int count, int lost);

    [LoggerMessage(EventId = 1312, Level = LogLevel.Warning, Message = "{Key} could not be woken")]
    private static partial void LogUnavailable(ILogger logger, string key, Exception failure);
}
