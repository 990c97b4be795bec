using Onboarding.Yaml.Fields;
using Onboarding.Yaml.Nodes;

namespace Onboarding.Core.Resources.Reading;

/// <summary>Reads Istio's Sidecars, leniently.</summary>
public static class SidecarReader
{
    /// <summary>The kind.</summary>
    public const string Kind = "Sidecar";

    /// <summary>Reads a document; null: it has errors, which are reported.</summary>
    public static Sidecar? Read(YamlDocument document, ProblemList problems) =>
        ResourceReader.Read(document, FieldRules.Lenient, problems, Read);

    private static Sidecar Read(FieldReader reader)
    {
        var metadata = ObjectMetaReader.Read(reader);
        var spec = reader.Mapping("spec");
        return new Sidecar(
            metadata,
            spec?.Mapping("workloadSelector")?.TextMap("labels", KubernetesName.CheckLabelPair),
            [.. spec?.Mappings("ingress").Select(ReadPort).OfType<int>() ?? []],
            [.. spec?.Mappings("egress").Select(egress => new SidecarEgress(egress.Text("bind") ?? "", ReadPort(egress), egress.Texts("hosts"))) ?? []]);
    }

    private static int? ReadPort(FieldReader listener) => listener.Mapping("port")?.Number("number", 1, 65535);
}
