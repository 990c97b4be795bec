using Onboarding.Silo.Entities;
using Onboarding.TestKit.Entities;

namespace Onboarding.Silo.Tests.Entities;

/// <summary>The contract suite's entity as a grain.</summary>
[GrainType("beacon")]
internal sealed class BeaconGrain(EntityServices<Beacon> services) : EntityGrain<Beacon>(services);
