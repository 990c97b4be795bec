using Onboarding.Yaml.Fields;
using Onboarding.Yaml.Nodes;

namespace Onboarding.Core.Resources.Reading;

/// <summary>Reads Istio's WorkloadEntries back, leniently.</summary>
public static class WorkloadEntryReader
{
    /// <summary>The kind.</summary>
    public const string Kind = "WorkloadEntry";

    /// <summary>Reads a document; null: it has errors, which are reported.</summary>
    public static WorkloadEntry? Read(YamlDocument document, ProblemList problems) =>
        ResourceReader.Read(document, FieldRules.Lenient, problems, Read);

    private static WorkloadEntry? Read(FieldReader reader)
    {
        var metadata = ObjectMetaReader.Read(reader);
        return reader.RequiredMapping("spec") is not { } spec
            ? null
            : new WorkloadEntry(
                metadata,
                spec.Text("address") ?? "",
                spec.TextMap("labels"),
                spec.Text("serviceAccount") ?? "",
                spec.Text("network") ?? "",
                spec.NumberMap("ports", 1, 65535),
                spec.Text("locality") ?? "",
                spec.LargeNumber("weight", 0, uint.MaxValue) ?? 0);
    }
}
