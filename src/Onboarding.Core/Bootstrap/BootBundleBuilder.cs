using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Onboarding.Core.Configuration;
using Onboarding.Protocol;
using Onboarding.Protocol.Bundle;

namespace Onboarding.Core.Bootstrap;

/// <summary>Makes the boot bundle of a workload: istioctl's rendering, what onboarding adds to it, and only what may be delivered.</summary>
public static class BootBundleBuilder
{
    private const string DiscoveryAddress = "discoveryAddress";

    /// <summary>Makes a bundle. Equal requests give equal bundles, revision included.</summary>
    public static BootBundleResult Build(BootBundleRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var gateway = Gateway.Of(request);
        if (gateway is null && request.Group.Template.Network.Length > 0)
        {
            return new BootBundleResult { Notes = ["Neither meshExpansion.customGateway nor an address of Service vmgateway is known."] };
        }

        var settings = MeshSettings.Of(request.Resources, request.Revision);
        var problems = new List<string>();
        var config = ProxyConfigMerge.Merge(settings.Mesh.DefaultConfig, request.Group, problems);
        config[DiscoveryAddress] ??= IstioNames.IstiodAddress(request.Revision, IstioNames.Namespace);
        var dropped = problems.Select(problem => new DroppedPart("proxyConfig", problem)).ToList();

        var own = OwnVariables(request, settings, config, gateway);
        if (gateway?.DiscoveryAddress is { } dialled)
        {
            config[DiscoveryAddress] = dialled;
        }

        var configured = Configured(ProxyConfigMerge.MetadataOf(config), own, dropped);
        var metadata = configured.SetItems(own.Where(variable => IsMetadata(variable.Key)));
        var sidecar = SidecarSelection.Find(request.Resources.Sidecars, request.Group.Metadata.Namespace, request.Labels, settings.RootNamespace);
        var aliases = sidecar is null ? null : new HostAliases(request.Group, sidecar, request.Resources.Services, settings.ClusterDomain);
        var unfiltered = new BootBundle(
            "",
            configured.SetItems(own),
            ProxyConfigMerge.WithMetadata(config, metadata),
            [.. gateway?.Hosts(config[DiscoveryAddress]!.GetValue<string>()) ?? [], .. aliases?.Lines ?? []],
            settings.RootCertificates);
        var filtered = BundleFilter.Apply(unfiltered, new BundleFilterContext { ForbiddenHostNames = ForbiddenHostNames(request.Options) });
        var bundle = filtered.Bundle;

        // A sidecar needs an address to dial, also where the configured one was dropped.
        bundle.ProxyConfig[DiscoveryAddress] ??= IstioNames.IstiodAddress(request.Revision, IstioNames.Namespace);
        return new BootBundleResult
        {
            Bundle = bundle with { Revision = BundleRevision.Of(bundle, request.EntryUid, OwnPart(request)) },
            Dropped = [.. dropped, .. filtered.Dropped],
            HasTooManyAliases = aliases?.HasTooMany ?? false,
            Notes = [.. settings.Notes, .. aliases?.Notes ?? []],
            Sidecar = sidecar is { IngressPorts.IsEmpty: false } ? $"{sidecar.Metadata.Namespace}/{sidecar.Metadata.Name}" : null,
        };
    }

    /// <summary>What onboarding itself sets; it wins over what is configured.</summary>
    private static SortedDictionary<string, string> OwnVariables(BootBundleRequest request, MeshSettings settings, JsonObject config, Gateway? gateway)
    {
        var meshId = config["meshId"]?.GetValue<string>() is { Length: > 0 } id ? id : settings.TrustDomain;
        var own = WorkloadVariables.Metadata(request.Group, request.Labels, settings.ClusterId, meshId, settings.TrustDomain);
        foreach (var (name, value) in WorkloadVariables.ClusterOnly(request.Group, config))
        {
            own[name] = value;
        }

        // Nothing is redirected: istiod must know, or it creates no listener that binds a port.
        own["ISTIO_META_INTERCEPTION_MODE"] = "NONE";
        own["ISTIO_CUSTOM_IP_TABLES"] = "true";
        own["ISTIO_META_DNS_CAPTURE"] = "false";

        // The claim, and an id that is unique where host names are not.
        own["ISTIO_META_WORKLOAD_ENTRY"] = request.EntryName;
        own["POD_NAME"] = request.EntryName;

        // The probe must reach the application on 127.0.0.1; the other address is Envoy itself.
        own["REWRITE_PROBE_LEGACY_LOCALHOST_DESTINATION"] = "true";
        if (request.VpcAddress is { } address)
        {
            own["ISTIO_SVC_IP"] = address;
        }

        if (IstioNames.IsRevision(request.Revision))
        {
            own["CA_ADDR"] = IstioNames.IstiodAddress(request.Revision, IstioNames.Namespace);
        }

        if (gateway?.DiscoveryAddress is { } dialled)
        {
            own["CA_ADDR"] = dialled;
            if (gateway.IsHostName)
            {
                own["ISTIOD_SAN"] = gateway.IstiodHost;
            }
        }

        return own;
    }

    /// <summary>What mesh and group may set: nothing that onboarding sets itself, which is worth a word only where it was an attempt at the start script.</summary>
    private static ImmutableSortedDictionary<string, string> Configured(
        SortedDictionary<string, string> metadata, SortedDictionary<string, string> own, List<DroppedPart> dropped)
    {
        var kept = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in metadata)
        {
            var reason = BundleFilter.RefuseConfigured(name, value);
            if (reason is null && !own.ContainsKey(name))
            {
                kept[name] = value;
            }
            else if (reason is not null && (!own.ContainsKey(name) || name is "POD_NAME" or "ISTIO_CUSTOM_IP_TABLES"))
            {
                dropped.Add(new DroppedPart($"proxyConfig.proxyMetadata.{name}", reason));
            }
        }

        return kept.ToImmutable();
    }

    /// <summary>What the bundle has of the workload and its group, whatever the mesh says.</summary>
    private static string OwnPart(BootBundleRequest request)
    {
        var template = request.Group.Template;
        return GoYaml.Write(new JsonObject
        {
            ["config"] = ProxyConfigMerge.Merge([], request.Group, []),
            ["labels"] = ToJson(request.Labels),
            ["ports"] = new JsonObject(template.Ports.Select(port => KeyValuePair.Create(port.Key, (JsonNode?)port.Value))),
            ["serviceAccount"] = template.ServiceAccount,
            ["network"] = template.Network,
            ["address"] = request.VpcAddress,
            ["revision"] = request.Revision,
        });
    }

    private static JsonObject ToJson(ImmutableSortedDictionary<string, string> map) =>
        new(map.Select(member => KeyValuePair.Create(member.Key, (JsonNode?)member.Value)));

    private static bool IsMetadata(string name) =>
        name.StartsWith("ISTIO_META", StringComparison.Ordinal)
        || name is "CANONICAL_SERVICE" or "CANONICAL_REVISION" or "POD_NAMESPACE" or "SERVICE_ACCOUNT" or "TRUST_DOMAIN";

    /// <summary>An alias for one of these would lead the agent, or what gets its credentials, to the sidecar.</summary>
    private static HashSet<string> ForbiddenHostNames(OnboardingOptions options) => new(
        options.EndpointHosts.Concat(options.Workloads.JwtIssuers.SelectMany(issuer => new[] { HostOf(issuer.Issuer), issuer.JwksUri?.Host }).OfType<string>()),
        StringComparer.OrdinalIgnoreCase);

    private static string? HostOf(string issuer) => Uri.TryCreate(issuer, UriKind.Absolute, out var uri) ? uri.Host : null;
}
