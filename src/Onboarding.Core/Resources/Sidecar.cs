using System.Collections.Immutable;

namespace Onboarding.Core.Resources;

/// <summary>The part of an Istio Sidecar that is used here, <c>networking.istio.io</c>.</summary>
/// <param name="Metadata">Its metadata.</param>
/// <param name="WorkloadSelector"><c>spec.workloadSelector.labels</c>; null: the Sidecar of its namespace.</param>
/// <param name="IngressPorts">Port numbers of its ingress listeners.</param>
/// <param name="Egress">Its egress listeners.</param>
public sealed record Sidecar(
    ObjectMeta Metadata,
    ImmutableSortedDictionary<string, string>? WorkloadSelector,
    ImmutableArray<int> IngressPorts,
    ImmutableArray<SidecarEgress> Egress);

/// <summary>An egress listener.</summary>
/// <param name="Bind">Address it binds; empty: not given.</param>
/// <param name="Port">Its port; null: every port.</param>
/// <param name="Hosts">Hosts it reaches, <c>namespace/dnsName</c>.</param>
public sealed record SidecarEgress(string Bind, int? Port, ImmutableArray<string> Hosts);
