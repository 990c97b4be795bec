using System.Text.Json.Nodes;
using Onboarding.Protocol;

namespace Onboarding.Core.Bootstrap;

/// <summary>Renders as <c>istioctl x workload entry configure</c> does, so that its files come out byte for byte.</summary>
public static class BootstrapRenderer
{
    private const string DiscoveryAddress = "discoveryAddress";

    /// <summary>Renders a group's files.</summary>
    public static RenderedBootstrap Render(RenderRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var problems = new List<string>(request.Mesh.Problems);
        var meshDefault = WithDiscoveryAddress(request.Mesh.DefaultConfig, request);
        var config = ProxyConfigMerge.Merge(meshDefault, request.Group, problems);

        var metadata = ProxyConfigMerge.MetadataOf(config);
        Overlay(metadata, Metadata(request, config));
        var environment = new SortedDictionary<string, string>(metadata, StringComparer.Ordinal);
        Overlay(environment, WorkloadVariables.ClusterOnly(request.Group, config));
        Overlay(environment, Addresses(request));

        HostsEntry[] hosts = string.IsNullOrEmpty(request.IngressIp)
            ? []
            : [new HostsEntry(request.IngressIp, [IstioNames.IstiodHost(request.Revision, request.IstioNamespace)])];
        return new RenderedBootstrap(environment, ProxyConfigMerge.WithMetadata(config, metadata), hosts, [.. problems]);
    }

    private static JsonObject WithDiscoveryAddress(JsonObject meshDefault, RenderRequest request)
    {
        if (!IstioNames.IsRevision(request.Revision) || meshDefault.ContainsKey(DiscoveryAddress))
        {
            return meshDefault;
        }

        var result = meshDefault.DeepClone().AsObject();
        result[DiscoveryAddress] = IstioNames.IstiodAddress(request.Revision, request.IstioNamespace);
        return result;
    }

    private static SortedDictionary<string, string> Metadata(RenderRequest request, JsonObject config)
    {
        var labels = request.Group.Labels.SetItems(request.Group.Template.Labels);
        var meshId = config["meshId"]?.GetValue<string>() ?? "";
        var metadata = WorkloadVariables.Metadata(request.Group, labels, request.ClusterId, meshId, request.Mesh.TrustDomain);
        if (request.CaptureDns)
        {
            metadata["ISTIO_META_DNS_CAPTURE"] = "true";
        }

        if (request.AutoRegister)
        {
            metadata["ISTIO_META_AUTO_REGISTER_GROUP"] = request.Group.Metadata.Name;
        }

        return metadata;
    }

    private static Dictionary<string, string> Addresses(RenderRequest request)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        if (IstioNames.IsRevision(request.Revision))
        {
            variables["CA_ADDR"] = IstioNames.IstiodAddress(request.Revision, request.IstioNamespace);
        }

        if (!string.IsNullOrEmpty(request.InternalIp))
        {
            variables["ISTIO_SVC_IP"] = request.InternalIp;
        }
        else if (!string.IsNullOrEmpty(request.ExternalIp))
        {
            variables["ISTIO_SVC_IP"] = request.ExternalIp;
            variables["REWRITE_PROBE_LEGACY_LOCALHOST_DESTINATION"] = "true";
        }

        return variables;
    }

    private static void Overlay(SortedDictionary<string, string> below, IEnumerable<KeyValuePair<string, string>> above)
    {
        foreach (var (name, value) in above)
        {
            below[name] = value;
        }
    }
}
