using Onboarding.TestKit.Entities;
using Onboarding.TestKit.Workloads;

namespace Onboarding.Core.Tests.Workloads;

public sealed class LocalSessionTests : SessionContract
{
    protected override IEntityHosts NewHosts() => new LocalEntityHosts();
}

public sealed class LocalRegistrationTests : RegistrationContract
{
    protected override IEntityHosts NewHosts() => new LocalEntityHosts();
}

public sealed class LocalLeaseTests : LeaseContract
{
    protected override IEntityHosts NewHosts() => new LocalEntityHosts();
}

public sealed class LocalFencingTests : FencingContract
{
    protected override IEntityHosts NewHosts() => new LocalEntityHosts();
}

public sealed class LocalWithdrawalTests : WithdrawalContract
{
    protected override IEntityHosts NewHosts() => new LocalEntityHosts();
}

public sealed class LocalRoleTests : RoleContract
{
    protected override IEntityHosts NewHosts() => new LocalEntityHosts();
}

public sealed class LocalAddressTests : AddressContract
{
    protected override IEntityHosts NewHosts() => new LocalEntityHosts();
}

public sealed class LocalHopTests : HopContract
{
    protected override IEntityHosts NewHosts() => new LocalEntityHosts();
}

public sealed class LocalBrakeTests : BrakeContract
{
    protected override IEntityHosts NewHosts() => new LocalEntityHosts();
}

public sealed class LocalRolloutTests : RolloutContract
{
    protected override IEntityHosts NewHosts() => new LocalEntityHosts();
}

public sealed class LocalAdministrationTests : AdministrationContract
{
    protected override IEntityHosts NewHosts() => new LocalEntityHosts();
}

public sealed class LocalRaceTests : RaceContract
{
    protected override IEntityHosts NewHosts() => new LocalEntityHosts();
}
