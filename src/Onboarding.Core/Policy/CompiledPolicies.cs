using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Onboarding.Core.Policy;

/// <summary>All policies of a complete list, compiled.</summary>
/// <param name="Namespaces">The namespaces that hold a WorkloadGroup.</param>
/// <param name="Statuses">The status of every policy, by namespace and name.</param>
public sealed record CompiledPolicies(FrozenDictionary<string, NamespaceSnapshot> Namespaces, ImmutableArray<PolicyStatus> Statuses);
