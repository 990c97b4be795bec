using Onboarding.TestKit.Workloads;

namespace Onboarding.Standalone.Tests.Workloads;

public sealed class SqliteSessionTests : SessionContract
{
    protected override IEntityHosts NewHosts() => new SqliteEntityHosts();
}

public sealed class SqliteRegistrationTests : RegistrationContract
{
    protected override IEntityHosts NewHosts() => new SqliteEntityHosts();
}

public sealed class SqliteLeaseTests : LeaseContract
{
    protected override IEntityHosts NewHosts() => new SqliteEntityHosts();
}

public sealed class SqliteFencingTests : FencingContract
{
    protected override IEntityHosts NewHosts() => new SqliteEntityHosts();
}

public sealed class SqliteWithdrawalTests : WithdrawalContract
{
    protected override IEntityHosts NewHosts() => new SqliteEntityHosts();
}

public sealed class SqliteRoleTests : RoleContract
{
    protected override IEntityHosts NewHosts() => new SqliteEntityHosts();
}

public sealed class SqliteAddressTests : AddressContract
{
    protected override IEntityHosts NewHosts() => new SqliteEntityHosts();
}

public sealed class SqliteHopTests : HopContract
{
    protected override IEntityHosts NewHosts() => new SqliteEntityHosts();
}

public sealed class SqliteBrakeTests : BrakeContract
{
    protected override IEntityHosts NewHosts() => new SqliteEntityHosts();
}

public sealed class SqliteRolloutTests : RolloutContract
{
    protected override IEntityHosts NewHosts() => new SqliteEntityHosts();
}

public sealed class SqliteAdministrationTests : AdministrationContract
{
    protected override IEntityHosts NewHosts() => new SqliteEntityHosts();
}

public sealed class SqliteRaceTests : RaceContract
{
    protected override IEntityHosts NewHosts() => new SqliteEntityHosts();
}
