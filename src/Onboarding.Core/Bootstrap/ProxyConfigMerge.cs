using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Onboarding.Core.Resources;

namespace Onboarding.Core.Bootstrap;

/// <summary>The ProxyConfig of a group's workloads: the mesh's default, overlaid by the group's annotations, with the group's probe.</summary>
internal static class ProxyConfigMerge
{
    public const string ProxyMetadata = "proxyMetadata";
    private const string Annotation = "proxy.istio.io/config";
    private const string ReadinessProbe = "readinessProbe";

    public static JsonObject Merge(JsonObject meshDefault, WorkloadGroup group, ICollection<string> problems)
    {
        var config = meshDefault.DeepClone().AsObject();
        Overlay(config, group.Metadata.Annotations, $"metadata.annotations[{Annotation}]", problems);
        Overlay(config, group.Annotations, $"spec.metadata.annotations[{Annotation}]", problems);

        config.Remove(ReadinessProbe);
        if (group.Probe is not null)
        {
            config[ReadinessProbe] = ProxyConfigSchema.ReadinessProbe.Read(group.Probe, "spec.probe", problems);
        }

        return config;
    }

    /// <summary>Its <c>proxyMetadata</c>, copied.</summary>
    public static SortedDictionary<string, string> MetadataOf(JsonObject config) => new(
        (config[ProxyMetadata]?.AsObject() ?? []).ToDictionary(variable => variable.Key, variable => variable.Value!.GetValue<string>(), StringComparer.Ordinal),
        StringComparer.Ordinal);

    /// <summary>A configuration with other <c>proxyMetadata</c>.</summary>
    public static JsonObject WithMetadata(JsonObject config, IEnumerable<KeyValuePair<string, string>> metadata)
    {
        var result = config.DeepClone().AsObject();
        result[ProxyMetadata] = new JsonObject(metadata.Select(variable => KeyValuePair.Create(variable.Key, (JsonNode?)variable.Value)));
        return result;
    }

    private static void Overlay(JsonObject config, ImmutableSortedDictionary<string, string> annotations, string place, ICollection<string> problems)
    {
        if (!annotations.TryGetValue(Annotation, out var text) || MeshConfiguration.ReadObject(text, place, problems) is not { } overlay)
        {
            return;
        }

        // Every other field that is present replaces the whole field; this one is merged key by key.
        var metadata = MetadataOf(config);
        ProxyConfigSchema.ProxyConfig.Merge(config, overlay, place, problems);
        foreach (var (key, value) in MetadataOf(config))
        {
            metadata[key] = value;
        }

        if (metadata.Count > 0)
        {
            config[ProxyMetadata] = WithMetadata([], metadata)[ProxyMetadata]!.DeepClone();
        }
    }
}
