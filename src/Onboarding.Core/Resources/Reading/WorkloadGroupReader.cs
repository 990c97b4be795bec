using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Onboarding.Yaml.Fields;
using Onboarding.Yaml.Nodes;

namespace Onboarding.Core.Resources.Reading;

/// <summary>Reads Istio's WorkloadGroups, leniently: they grow without us.</summary>
public static class WorkloadGroupReader
{
    /// <summary>The kind.</summary>
    public const string Kind = "WorkloadGroup";

    private static readonly ImmutableSortedDictionary<string, string> None = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Largest weight that Istio's CRD allows.</summary>
    private const long MaxWeight = uint.MaxValue;

    /// <summary>Reads a document; null: it has errors, which are reported.</summary>
    public static WorkloadGroup? Read(YamlDocument document, ProblemList problems) =>
        ResourceReader.Read(document, FieldRules.Lenient, problems, Read);

    private static WorkloadGroup Read(FieldReader reader)
    {
        var spec = reader.Mapping("spec");
        var metadata = spec?.Mapping("metadata");
        var probe = spec?.Mapping("probe") is null ? null : spec.Json("probe");
        return new WorkloadGroup(
            ObjectMetaReader.Read(reader),
            metadata?.TextMap("labels", KubernetesName.CheckLabelPair) ?? None,
            metadata?.TextMap("annotations") ?? None,
            spec?.Mapping("template") is { } template ? ReadTemplate(template) : new WorkloadTemplate(),
            probe as JsonObject);
    }

    private static WorkloadTemplate ReadTemplate(FieldReader reader) => new()
    {
        Labels = reader.TextMap("labels", KubernetesName.CheckLabelPair),
        ServiceAccount = reader.Text("serviceAccount", text => text.Length == 0 ? null : KubernetesName.CheckSubdomain(text)) is { Length: > 0 } account ? account : "default",
        Network = reader.Text("network") ?? "",
        Ports = reader.NumberMap("ports", 1, 65535),
        Locality = reader.Text("locality") ?? "",
        Weight = reader.LargeNumber("weight", 0, MaxWeight) ?? 0,
    };
}
