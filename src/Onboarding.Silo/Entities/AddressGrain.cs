using Onboarding.Core.Workloads.Addresses;

namespace Onboarding.Silo.Entities;

/// <summary>An address, on any silo.</summary>
[GrainType("address")]
internal sealed class AddressGrain(EntityServices<Address> services) : EntityGrain<Address>(services);
