using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Onboarding.Endpoint.Telemetry.Health;

namespace Onboarding.Silo.Partitions;

/// <summary>
/// Keeps in contact with the cluster. A silo that reaches no other may have been declared dead, and its workloads be with others by now: the membership
/// table says so. One that cannot read that either has lost contact. It asks no entity any more and sends its agents elsewhere: those that it would go on
/// answering are not heard of where their leases are now.
/// </summary>
internal sealed partial class ClusterContact(IClusterPaths paths, TimeProvider time, ILogger<ClusterContact> logger) : BackgroundService, IReadinessCheck, IClusterContact
{
    // Twice, since a process that stood still for a moment finds everybody late.
    private const int Failures = 2;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private int failures;
    private volatile bool isLost;

    /// <inheritdoc/>
    public bool IsLost => isLost;

    /// <inheritdoc/>
    public string Name => "cluster";

    /// <inheritdoc/>
    public ValueTask<string?> FindProblemAsync(CancellationToken cancellationToken) =>
        new(isLost ? "neither another silo nor the membership table can be reached" : null);

    /// <summary>Looks once.</summary>
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        var hasContact = await SucceedsAsync(paths.ReachPeerAsync, cancellationToken) || await SucceedsAsync(ReadMembershipAsync, cancellationToken);
        failures = hasContact ? 0 : failures + 1;
        if (isLost == failures >= Failures)
        {
            return;
        }

        isLost = !isLost;
        if (isLost)
        {
            LogLost(logger);
        }
        else
        {
            LogRegained(logger);
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await CheckAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private async Task<bool> ReadMembershipAsync()
    {
        await paths.ReadMembershipAsync();
        return true;
    }

    private async Task<bool> SucceedsAsync(Func<Task<bool>> attempt, CancellationToken cancellationToken)
    {
        try
        {
            return await attempt().WaitAsync(Patience, time, cancellationToken);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    [LoggerMessage(EventId = 3041, Level = LogLevel.Error, Message = "Neither another silo nor the membership table can be reached; until then agents are sent elsewhere")]
    private static partial void LogLost(ILogger logger);

    [LoggerMessage(EventId = 3042, Level = LogLevel.Information, Message = "The cluster is reached again")]
    private static partial void LogRegained(ILogger logger);
}
