using Onboarding.Core.Workloads.Namespaces;

namespace Onboarding.Silo.Entities;

/// <summary>A namespace that holds groups, on any silo.</summary>
[GrainType("policynamespace")]
internal sealed class PolicyNamespaceGrain(EntityServices<PolicyNamespace> services) : EntityGrain<PolicyNamespace>(services);
