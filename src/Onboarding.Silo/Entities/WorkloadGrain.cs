using Onboarding.Core.Entities;
using Onboarding.Core.Workloads;
using Onboarding.Core.Workloads.Commands;
using Onboarding.Silo.Placement;
using Orleans.Placement;
using Orleans.Runtime.Placement;

namespace Onboarding.Silo.Entities;

/// <summary>A workload, on the silo that has the fewest; when its session is renewed and the cluster has grown, perhaps on a new one.</summary>
[GrainType("workload")]
[ActivationCountBasedPlacement]
internal sealed class WorkloadGrain(EntityServices<Workload> services, ClusterGrowth growth) : EntityGrain<Workload>(services)
{
    private long since;

    /// <inheritdoc/>
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        since = growth.Version;
        return base.OnActivateAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override void OnAnswered(ICommand<Workload> command)
    {
        if (command is KeepSession)
        {
            var home = growth.FindNewHome(since);
            since = growth.Version;
            if (home is not null)
            {
                MigrateTo(home);
            }
        }
    }

    private void MigrateTo(SiloAddress home)
    {
        RequestContext.Set(IPlacementDirector.PlacementHintKey, home);
        try
        {
            MigrateOnIdle();
        }
        finally
        {
            RequestContext.Remove(IPlacementDirector.PlacementHintKey);
        }
    }
}
