using Onboarding.Core.Workloads;
using Orleans.Placement;

namespace Onboarding.Silo.Entities;

/// <summary>A workload, on the silo that has the fewest.</summary>
[GrainType("workload")]
[ActivationCountBasedPlacement]
internal sealed class WorkloadGrain(EntityServices<Workload> services) : EntityGrain<Workload>(services);
