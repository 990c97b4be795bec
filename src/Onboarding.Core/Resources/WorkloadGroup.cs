using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Onboarding.Core.Resources;

/// <summary>An Istio WorkloadGroup, <c>networking.istio.io</c> (v1alpha3, v1beta1, v1 read alike).</summary>
/// <param name="Metadata">Its metadata; policies select on these labels.</param>
/// <param name="Labels"><c>spec.metadata.labels</c>.</param>
/// <param name="Annotations"><c>spec.metadata.annotations</c>.</param>
/// <param name="Template"><c>spec.template</c>.</param>
/// <param name="Probe"><c>spec.probe</c> as it stands, protobuf JSON; null: none.</param>
public sealed record WorkloadGroup(
    ObjectMeta Metadata,
    ImmutableSortedDictionary<string, string> Labels,
    ImmutableSortedDictionary<string, string> Annotations,
    WorkloadTemplate Template,
    JsonObject? Probe);

/// <summary><c>spec.template</c> of a WorkloadGroup; its address is ignored.</summary>
public sealed record WorkloadTemplate
{
    /// <summary>Labels of the workloads.</summary>
    public ImmutableSortedDictionary<string, string> Labels { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Kubernetes service account of the workloads.</summary>
    /// <value><c>default</c>.</value>
    public string ServiceAccount { get; init; } = "default";

    /// <summary>Network; not empty: the workloads have no direct connectivity to Pods.</summary>
    public string Network { get; init; } = "";

    /// <summary>Ports by name.</summary>
    public ImmutableSortedDictionary<string, int> Ports { get; init; } = ImmutableSortedDictionary<string, int>.Empty;

    /// <summary><c>region/zone/subzone</c>; empty: from the identity.</summary>
    public string Locality { get; init; } = "";

    /// <summary>Load-balancing weight; 0: not set.</summary>
    public long Weight { get; init; }
}
