using Microsoft.Extensions.Logging.Abstractions;
using Onboarding.Core.Entities;
using Onboarding.Core.Entities.Local;
using Onboarding.TestKit.Entities;

namespace Onboarding.Standalone.Tests.Sqlite;

public sealed class SqliteWriteContractTests : EntityHostWriteContract, IDisposable
{
    private readonly TemporarySqliteStore rows = new();

    public void Dispose() => rows.Dispose();

    protected override IEntityStore OpenStore() => rows.Store;

    protected override IEntityHost<Beacon> NewHost(IEntityStore store, IEffectHandler<Beacon> effects, TimeProvider time) =>
        new LocalEntityHost<Beacon>(Beacon.Codec, store, () => effects, time, NullLogger<LocalEntityHost<Beacon>>.Instance);
}
