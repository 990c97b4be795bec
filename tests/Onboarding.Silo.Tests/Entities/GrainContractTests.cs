using Onboarding.Core.Entities;
using Onboarding.Core.Entities.Local;
using Onboarding.Silo.Tests.Clusters;
using Onboarding.TestKit.Entities;

namespace Onboarding.Silo.Tests.Entities;

public abstract class GrainWriteContract(SiloCluster cluster) : EntityHostWriteContract
{
    protected override bool StandsInLineAtOnce => false;

    protected override IEntityStore OpenStore() => new InMemoryEntityStore();

    protected override IEntityHost<Beacon> NewHost(IEntityStore store, IEffectHandler<Beacon> effects, TimeProvider time) =>
        cluster.Start(Beacon.Codec, Beacon.Messages, store, () => effects, time);
}

public abstract class GrainLeaseContract(SiloCluster cluster) : EntityHostLeaseContract
{
    protected override IEntityStore OpenStore() => new InMemoryEntityStore();

    protected override IEntityHost<Beacon> NewHost(IEntityStore store, IEffectHandler<Beacon> effects, TimeProvider time) =>
        cluster.Start(Beacon.Codec, Beacon.Messages, store, () => effects, time);
}

public abstract class GrainEffectContract(SiloCluster cluster) : EntityHostEffectContract
{
    protected override IEntityStore OpenStore() => new InMemoryEntityStore();

    protected override IEntityHost<Beacon> NewHost(IEntityStore store, IEffectHandler<Beacon> effects, TimeProvider time) =>
        cluster.Start(Beacon.Codec, Beacon.Messages, store, () => effects, time);
}

[Collection(nameof(OneSilo))]
public sealed class OneSiloWriteTests(OneSilo cluster) : GrainWriteContract(cluster);

[Collection(nameof(OneSilo))]
public sealed class OneSiloLeaseTests(OneSilo cluster) : GrainLeaseContract(cluster);

[Collection(nameof(OneSilo))]
public sealed class OneSiloEffectTests(OneSilo cluster) : GrainEffectContract(cluster);

[Collection(nameof(ThreeSilos))]
public sealed class ThreeSilosWriteTests(ThreeSilos cluster) : GrainWriteContract(cluster);

[Collection(nameof(ThreeSilos))]
public sealed class ThreeSilosLeaseTests(ThreeSilos cluster) : GrainLeaseContract(cluster);

[Collection(nameof(ThreeSilos))]
public sealed class ThreeSilosEffectTests(ThreeSilos cluster) : GrainEffectContract(cluster);
