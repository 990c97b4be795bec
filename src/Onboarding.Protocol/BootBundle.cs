using System.Text.Json.Nodes;

namespace Onboarding.Protocol;

/// <summary>All that a workload's sidecar needs to start, as data; answer of <c>GET /v1/bootstrap</c>, without the sidecar's token.</summary>
/// <param name="Revision">Hash over what needs a restart; also the <c>ETag</c>.</param>
/// <param name="Environment">Variables of <c>cluster.env</c>.</param>
/// <param name="ProxyConfig">The <c>defaultConfig</c> of <c>mesh.yaml</c> (istio.mesh.v1alpha1.ProxyConfig, protobuf JSON).</param>
/// <param name="Hosts">Lines for the hosts file.</param>
/// <param name="RootCertificates">The mesh's root certificates, PEM; absent where they are not known.</param>
public sealed record BootBundle(
    string Revision,
    IReadOnlyDictionary<string, string> Environment,
    JsonObject ProxyConfig,
    IReadOnlyList<HostsEntry> Hosts,
    string? RootCertificates = null);

/// <summary>A line of the hosts file.</summary>
/// <param name="Address">IPv4 or IPv6 literal.</param>
/// <param name="Names">The names that stand for it.</param>
public sealed record HostsEntry(string Address, IReadOnlyList<string> Names);
