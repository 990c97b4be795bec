using Microsoft.Extensions.Logging.Abstractions;
using Onboarding.Core.Entities;
using Onboarding.Core.Entities.Local;
using Onboarding.TestKit.Entities;

namespace Onboarding.Core.Tests.Entities.Local;

public sealed class LocalEntityHostWriteTests : EntityHostWriteContract
{
    protected override IEntityStore OpenStore() => new InMemoryEntityStore();

    protected override IEntityHost<Beacon> NewHost(IEntityStore store, IEffectHandler<Beacon> effects, TimeProvider time) =>
        new LocalEntityHost<Beacon>(Beacon.Codec, store, () => effects, time, NullLogger<LocalEntityHost<Beacon>>.Instance);
}
