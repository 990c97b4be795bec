using System.Collections.Immutable;
using Onboarding.Yaml.Fields;
using Onboarding.Yaml.Nodes;

namespace Onboarding.Core.Resources.Reading;

/// <summary>The part of a ConfigMap that is used here.</summary>
/// <param name="Metadata">Its metadata.</param>
/// <param name="Data">Keys to their text.</param>
public sealed record ConfigMap(ObjectMeta Metadata, ImmutableSortedDictionary<string, string> Data);

/// <summary>Reads Kubernetes' ConfigMaps.</summary>
public static class ConfigMapReader
{
    /// <summary>The kind.</summary>
    public const string Kind = "ConfigMap";

    /// <summary>Reads a document; null: it has errors, which are reported.</summary>
    public static ConfigMap? Read(YamlDocument document, ProblemList problems) =>
        ResourceReader.Read(document, FieldRules.Lenient, problems, reader => new ConfigMap(ObjectMetaReader.Read(reader), reader.TextMap("data")));
}
