using System.Collections.Immutable;

namespace Onboarding.Core.Resources;

/// <summary>An Istio WorkloadEntry as we author it, <c>networking.istio.io/v1</c>.</summary>
/// <param name="Metadata">Its metadata.</param>
/// <param name="Address">The believed address.</param>
/// <param name="Labels"><c>spec.labels</c>.</param>
/// <param name="ServiceAccount">Always written.</param>
/// <param name="Network">Network; empty: not written.</param>
/// <param name="Ports">Ports by name.</param>
/// <param name="Locality"><c>region/zone</c>; empty: not written.</param>
/// <param name="Weight">Weight; 0: not written.</param>
public sealed record WorkloadEntry(
    ObjectMeta Metadata,
    string Address,
    ImmutableSortedDictionary<string, string> Labels,
    string ServiceAccount,
    string Network,
    ImmutableSortedDictionary<string, int> Ports,
    string Locality,
    long Weight);
