using System.Globalization;
using Onboarding.Core.Configuration;
using Onboarding.Core.Entities;
using Onboarding.Core.Identity;
using Onboarding.Protocol;
using Onboarding.Protocol.Bundle;

namespace Onboarding.Core.Workloads.Namespaces;

/// <summary>Decides when sidecars restart to take a changed bundle over: a part of each group at a time.</summary>
internal sealed class RolloutTurns(IEntityHost<PolicyNamespace> namespaces, GroupCensus census, IOptionsSource options, TimeProvider time)
{
    /// <summary>When a turn ends of which nothing more is heard: a drain, a start, and a heartbeat that says so.</summary>
    public static readonly TimeSpan Bound = TimeSpan.FromMinutes(5);

    // A heartbeat does not wait while a large namespace is counted for the first time.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    // All turns of a namespace are in one row, which each turn writes: with 10,000 of them heartbeats wait for it for half a minute.
    private const int MostAtOnce = 1000;

    /// <summary>What a heartbeat is answered.</summary>
    /// <param name="workload">The workload's key.</param>
    /// <param name="sidecar">What its agent sees of the sidecar.</param>
    /// <param name="wanted">Revision of the bundle it should run with; null: there is none.</param>
    /// <param name="hasRestarted">Whether the sidecar is ready again after a restart, with this heartbeat.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async ValueTask<RestartTurn> DecideAsync(
        string workload, SidecarStatus sidecar, string? wanted, bool hasRestarted, CancellationToken cancellationToken)
    {
        if (wanted is null || sidecar.State is not (SidecarState.Starting or SidecarState.Ready))
        {
            return RestartTurn.None;
        }

        try
        {
            if (!BundleRevision.NeedsRestart(sidecar.ConfigRevision, wanted))
            {
                await (hasRestarted ? EndAsync(workload, cancellationToken) : ValueTask.CompletedTask);
                return RestartTurn.None;
            }

            if (options.Current.Workloads.Rollout.OnMeshConfigChange == MeshConfigChange.NextStart && !BundleRevision.HasOwnChange(sidecar.ConfigRevision, wanted))
            {
                return RestartTurn.None;
            }

            return await TakeAsync(workload, cancellationToken) ? RestartTurn.Now : RestartTurn.Hold;
        }
        catch (Exception exception) when (exception is UnavailableException or TimeoutException)
        {
            return RestartTurn.Hold;
        }
    }

    /// <summary>How many of so many may restart at a time: at least one, or nothing would ever roll out, and at most 1000.</summary>
    /// <param name="maxUnavailable">A count, or a percentage such as <c>10%</c>, which is rounded down.</param>
    /// <param name="members">Of how many.</param>
    internal static int LimitOf(string maxUnavailable, int members)
    {
        var isPercentage = maxUnavailable.EndsWith('%');
        var value = int.Parse(isPercentage ? maxUnavailable.AsSpan(..^1) : maxUnavailable, NumberStyles.None, CultureInfo.InvariantCulture);
        return Math.Clamp(isPercentage ? (int)(members * (long)value / 100) : value, 1, MostAtOnce);
    }

    private async ValueTask<bool> TakeAsync(string workload, CancellationToken cancellationToken)
    {
        var (@namespace, group) = (WorkloadKey.NamespaceOf(workload), WorkloadKey.GroupOf(workload));
        var count = await census.CountAsync(@namespace, group, isOldGoodEnough: true, cancellationToken).AsTask().WaitAsync(Patience, time, cancellationToken);
        var command = new TakeTurn(WorkloadKey.DigestOf(workload))
        {
            Group = group,
            Limit = LimitOf(options.Current.Workloads.Rollout.MaxUnavailable, count.Members),
            Bound = Bound,
        };
        return (await namespaces.AskTwiceAsync(@namespace, command, cancellationToken)).IsGiven;
    }

    private async ValueTask EndAsync(string workload, CancellationToken cancellationToken)
    {
        var command = new EndTurn(WorkloadKey.DigestOf(workload)) { Group = WorkloadKey.GroupOf(workload) };
        await namespaces.AskTwiceAsync(WorkloadKey.NamespaceOf(workload), command, cancellationToken);
    }
}
