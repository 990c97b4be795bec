using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Onboarding.Core.Bootstrap;
using Onboarding.Core.Configuration;
using Onboarding.Core.Resources;

namespace Onboarding.Core.Tests.Bootstrap;

/// <summary>A mesh with the bookinfo/ratings group.</summary>
internal static class BundleFixture
{
    public const string MeshYaml = """
        trustDomain: mesh.example.org
        rootNamespace: istio-config
        defaultConfig:
          discoveryAddress: istiod.istio-system.svc:15012
          meshId: mesh1
          proxyMetadata:
            ISTIO_META_DNS_CAPTURE: "true"
        """;

    public const string Values = """
        {"global":{"multiCluster":{"clusterName":"cluster-1"},"sds":{"token":{"aud":"custom-ca"}},"proxy":{"clusterDomain":"cluster.local"}}}
        """;

    public static ResourceSnapshot Resources { get; } = new()
    {
        AsOf = DateTimeOffset.UnixEpoch,
        GatewayAddress = "198.51.100.1",
        MeshConfigMaps = ConfigMaps(("istio", "mesh", MeshYaml), ("istio-sidecar-injector", "values", Values), ("istio-ca-root-cert", "root-cert.pem", "ROOT")),
    };

    public static BootBundleRequest Request { get; } = new()
    {
        Group = Group(""),
        Labels = Labels(("app", "ratings"), ("service.istio.io/canonical-name", "ratings"), ("service.istio.io/canonical-revision", "v1")),
        EntryName = "ratings-jwt-my-corp--vm007",
        EntryUid = "0001",
        VpcAddress = "192.0.2.10",
        Resources = Resources,
        Options = new OnboardingOptions { EndpointHosts = ["onboarding.example.org"], TlsSecretName = "tls" },
    };

    public static WorkloadGroup Group(string proxyConfig, string? probe = null, string network = "vm-network", params (string Key, string Value)[] annotations) => new(
        new ObjectMeta { Namespace = "bookinfo", Name = "ratings", Annotations = Labels([("proxy.istio.io/config", proxyConfig), .. annotations]) },
        Labels(),
        Labels(),
        new WorkloadTemplate
        {
            ServiceAccount = "bookinfo-ratings",
            Network = network,
            Ports = ImmutableSortedDictionary<string, int>.Empty.Add("http", 9080),
        },
        probe is null ? null : JsonNode.Parse(probe)!.AsObject());

    public static ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, string>> ConfigMaps(params (string Name, string Key, string Text)[] maps) =>
        maps.ToImmutableSortedDictionary(map => map.Name, map => Labels((map.Key, map.Text)), StringComparer.Ordinal);

    public static ImmutableSortedDictionary<string, string> Labels(params (string Key, string Value)[] labels) =>
        labels.ToImmutableSortedDictionary(label => label.Key, label => label.Value, StringComparer.Ordinal);

    public static Sidecar Sidecar(string @namespace, string name, ImmutableSortedDictionary<string, string>? selector, params SidecarEgress[] egress) =>
        new(new ObjectMeta { Namespace = @namespace, Name = name }, selector, [9080], [.. egress]);

    public static BootBundleRequest With(this BootBundleRequest request, Func<ResourceSnapshot, ResourceSnapshot> change) =>
        request with { Resources = change(request.Resources) };
}
