using Onboarding.Silo.Tests.Clusters;
using Onboarding.TestKit.Workloads;

namespace Onboarding.Silo.Tests.Workloads;

[Collection(nameof(OneSilo))]
public sealed class OneSiloSessionTests(OneSilo cluster) : SessionContract
{
    protected override IEntityHosts NewHosts() => new GrainEntityHosts(cluster);
}

[Collection(nameof(OneSilo))]
public sealed class OneSiloRegistrationTests(OneSilo cluster) : RegistrationContract
{
    protected override IEntityHosts NewHosts() => new GrainEntityHosts(cluster);
}

[Collection(nameof(OneSilo))]
public sealed class OneSiloRegistryLeaseTests(OneSilo cluster) : LeaseContract
{
    protected override IEntityHosts NewHosts() => new GrainEntityHosts(cluster);
}

[Collection(nameof(OneSilo))]
public sealed class OneSiloFencingTests(OneSilo cluster) : FencingContract
{
    protected override IEntityHosts NewHosts() => new GrainEntityHosts(cluster);
}

[Collection(nameof(OneSilo))]
public sealed class OneSiloWithdrawalTests(OneSilo cluster) : WithdrawalContract
{
    protected override IEntityHosts NewHosts() => new GrainEntityHosts(cluster);
}

[Collection(nameof(OneSilo))]
public sealed class OneSiloRoleTests(OneSilo cluster) : RoleContract
{
    protected override IEntityHosts NewHosts() => new GrainEntityHosts(cluster);
}

[Collection(nameof(ThreeSilos))]
public sealed class ThreeSilosSessionTests(ThreeSilos cluster) : SessionContract
{
    protected override IEntityHosts NewHosts() => new GrainEntityHosts(cluster);
}

[Collection(nameof(ThreeSilos))]
public sealed class ThreeSilosRegistrationTests(ThreeSilos cluster) : RegistrationContract
{
    protected override IEntityHosts NewHosts() => new GrainEntityHosts(cluster);
}

[Collection(nameof(ThreeSilos))]
public sealed class ThreeSilosRegistryLeaseTests(ThreeSilos cluster) : LeaseContract
{
    protected override IEntityHosts NewHosts() => new GrainEntityHosts(cluster);
}

[Collection(nameof(ThreeSilos))]
public sealed class ThreeSilosFencingTests(ThreeSilos cluster) : FencingContract
{
    protected override IEntityHosts NewHosts() => new GrainEntityHosts(cluster);
}

[Collection(nameof(ThreeSilos))]
public sealed class ThreeSilosWithdrawalTests(ThreeSilos cluster) : WithdrawalContract
{
    protected override IEntityHosts NewHosts() => new GrainEntityHosts(cluster);
}

[Collection(nameof(OneSilo))]
public sealed class OneSiloAddressTests(OneSilo cluster) : AddressContract
{
    protected override IEntityHosts NewHosts() => new GrainEntityHosts(cluster);
}

[Collection(nameof(OneSilo))]
public sealed class OneSiloHopTests(OneSilo cluster) : HopContract
{
    protected override IEntityHosts NewHosts() => new GrainEntityHosts(cluster);
}

[Collection(nameof(ThreeSilos))]
public sealed class ThreeSilosAddressTests(ThreeSilos cluster) : AddressContract
{
    protected override IEntityHosts NewHosts() => new GrainEntityHosts(cluster);
}

[Collection(nameof(ThreeSilos))]
public sealed class ThreeSilosHopTests(ThreeSilos cluster) : HopContract
{
    protected override IEntityHosts NewHosts() => new GrainEntityHosts(cluster);
}

[Collection(nameof(OneSilo))]
public sealed class OneSiloBrakeTests(OneSilo cluster) : BrakeContract
{
    protected override IEntityHosts NewHosts() => new GrainEntityHosts(cluster);
}

[Collection(nameof(ThreeSilos))]
public sealed class ThreeSilosBrakeTests(ThreeSilos cluster) : BrakeContract
{
    protected override IEntityHosts NewHosts() => new GrainEntityHosts(cluster);
}

[Collection(nameof(OneSilo))]
public sealed class OneSiloRolloutTests(OneSilo cluster) : RolloutContract
{
    protected override IEntityHosts NewHosts() => new GrainEntityHosts(cluster);
}

[Collection(nameof(ThreeSilos))]
public sealed class ThreeSilosRolloutTests(ThreeSilos cluster) : RolloutContract
{
    protected override IEntityHosts NewHosts() => new GrainEntityHosts(cluster);
}

[Collection(nameof(OneSilo))]
public sealed class OneSiloAdministrationTests(OneSilo cluster) : AdministrationContract
{
    protected override IEntityHosts NewHosts() => new GrainEntityHosts(cluster);
}

[Collection(nameof(ThreeSilos))]
public sealed class ThreeSilosAdministrationTests(ThreeSilos cluster) : AdministrationContract
{
    protected override IEntityHosts NewHosts() => new GrainEntityHosts(cluster);
}

[Collection(nameof(OneSilo))]
public sealed class OneSiloRaceTests(OneSilo cluster) : RaceContract
{
    protected override IEntityHosts NewHosts() => new GrainEntityHosts(cluster);
}

[Collection(nameof(ThreeSilos))]
public sealed class ThreeSilosRaceTests(ThreeSilos cluster) : RaceContract
{
    protected override IEntityHosts NewHosts() => new GrainEntityHosts(cluster);
}
