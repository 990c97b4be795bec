using System.Globalization;
using System.Text.Json.Nodes;
using Onboarding.Core.Resources;
using Onboarding.Protocol.Bundle;

namespace Onboarding.Core.Bootstrap;

/// <summary>The variables that istioctl computes for the workloads of a group.</summary>
internal static class WorkloadVariables
{
    /// <summary>Those that it writes into <c>proxyMetadata</c> as well.</summary>
    /// <param name="group">The group.</param>
    /// <param name="labels">The workload's labels, with or without the canonical ones.</param>
    /// <param name="clusterId">The cluster's id.</param>
    /// <param name="meshId">The mesh's id.</param>
    /// <param name="trustDomain">The mesh's trust domain.</param>
    public static SortedDictionary<string, string> Metadata(
        WorkloadGroup group, IReadOnlyDictionary<string, string> labels, string clusterId, string meshId, string trustDomain)
    {
        var service = CanonicalService.NameOf(labels, group.Metadata.Name);
        var revision = CanonicalService.RevisionOf(labels);
        var all = new Dictionary<string, string>(labels, StringComparer.Ordinal)
        {
            [CanonicalService.NameLabel] = service,
            [CanonicalService.RevisionLabel] = revision,
        };
        var variables = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["CANONICAL_SERVICE"] = service,
            ["CANONICAL_REVISION"] = revision,
            ["POD_NAMESPACE"] = group.Metadata.Namespace,
            ["SERVICE_ACCOUNT"] = group.Template.ServiceAccount,
            ["TRUST_DOMAIN"] = trustDomain,
            ["ISTIO_META_CLUSTER_ID"] = clusterId,
            ["ISTIO_META_MESH_ID"] = meshId,
            ["ISTIO_META_NETWORK"] = group.Template.Network,
            ["ISTIO_META_WORKLOAD_NAME"] = group.Metadata.Name,
            ["ISTIO_METAJSON_LABELS"] = GoJson.Object(all),
        };
        if (!group.Template.Ports.IsEmpty)
        {
            variables["ISTIO_META_POD_PORTS"] = PodPorts(group.Template);
        }

        return variables;
    }

    /// <summary>Those that stand in <c>cluster.env</c> alone, and win there.</summary>
    public static SortedDictionary<string, string> ClusterOnly(WorkloadGroup group, JsonObject proxyConfig) => new(StringComparer.Ordinal)
    {
        ["ISTIO_INBOUND_PORTS"] = group.Template.Ports.IsEmpty ? "*" : string.Join(',', group.Template.Ports.Values.Order().Select(Text)),
        ["ISTIO_NAMESPACE"] = group.Metadata.Namespace,
        ["ISTIO_SERVICE"] = $"{group.Metadata.Name}.{group.Metadata.Namespace}",
        ["ISTIO_SERVICE_CIDR"] = "*",
        ["ISTIO_LOCAL_EXCLUDE_PORTS"] = ExcludedPorts(proxyConfig["statusPort"]?.GetValue<long>() ?? 0),
        ["SERVICE_ACCOUNT"] = group.Template.ServiceAccount,
    };

    private static string PodPorts(WorkloadTemplate template)
    {
        var ports = template.Ports
            .OrderBy(port => port.Key, Utf8Order.Instance)
            .Select(port => $$"""{"name":{{GoJson.String(port.Key)}},"containerPort":{{Text(port.Value)}},"protocol":""}""");
        return $"[{string.Join(',', ports)}]";
    }

    /// <summary>SSH, Envoy's metrics and the agent's ports.</summary>
    private static string ExcludedPorts(long statusPort) => statusPort switch
    {
        15090 or 15021 => "22,15090,15021",
        0 => "22,15090,15021,15020",
        _ => "22,15090,15021," + statusPort.ToString(CultureInfo.InvariantCulture),
    };

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);
}
