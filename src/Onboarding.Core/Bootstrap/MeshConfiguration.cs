using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Onboarding.Yaml.Nodes;

namespace Onboarding.Core.Bootstrap;

/// <summary>What is used of Istio's mesh configuration (key <c>mesh</c> of ConfigMap <c>istio[-revision]</c>).</summary>
public sealed record MeshConfiguration
{
    /// <summary>Nothing is configured.</summary>
    public static MeshConfiguration Empty { get; } = new();

    /// <summary><c>defaultConfig</c>: a ProxyConfig as protobuf's JSON writes it.</summary>
    public JsonObject DefaultConfig { get; init; } = [];

    /// <summary><c>trustDomain</c>; empty: not given.</summary>
    public string TrustDomain { get; init; } = "";

    /// <summary><c>rootNamespace</c>; empty: not given.</summary>
    public string RootNamespace { get; init; } = "";

    /// <summary>What could not be read, as <c>field.path: what is wrong</c>; such fields are as absent.</summary>
    public ImmutableArray<string> Problems { get; init; } = [];

    /// <summary>Reads mesh configuration in YAML or JSON. Fields that are not known are left out, as Istio does.</summary>
    /// <param name="text">The text.</param>
    /// <param name="name">What it is, for messages.</param>
    public static MeshConfiguration Parse(string text, string name)
    {
        var problems = new List<string>();
        if (ReadObject(text, name, problems) is not { } source)
        {
            return new MeshConfiguration { Problems = [.. problems] };
        }

        var mesh = new JsonObject();
        ProxyConfigSchema.MeshConfig.Merge(mesh, source, "", problems);
        return new MeshConfiguration
        {
            DefaultConfig = mesh["defaultConfig"]?.DeepClone().AsObject() ?? [],
            TrustDomain = mesh["trustDomain"]?.GetValue<string>() ?? "",
            RootNamespace = mesh["rootNamespace"]?.GetValue<string>() ?? "",
            Problems = [.. problems],
        };
    }

    /// <summary>The object that a text has in its first document; null: it has none, or it is something else.</summary>
    internal static JsonObject? ReadObject(string text, string name, ICollection<string> problems)
    {
        var yaml = YamlParser.Parse(text, name, YamlLimits.Configuration);
        foreach (var problem in yaml.Problems)
        {
            problems.Add(problem.ToString());
        }

        if (yaml.Documents.IsEmpty)
        {
            return null;
        }

        if (YamlJson.ToJson(yaml.Documents[0].Root) is JsonObject root)
        {
            return root;
        }

        problems.Add($"{name}: is not a mapping");
        return null;
    }
}
