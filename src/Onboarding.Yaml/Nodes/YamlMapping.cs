namespace Onboarding.Yaml.Nodes;

/// <summary>A mapping; its keys are unique.</summary>
public sealed class YamlMapping : YamlNode
{
    private readonly Dictionary<string, YamlField> byName;

    internal YamlMapping(int line, IReadOnlyList<YamlField> fields)
        : base(line)
    {
        Fields = fields;
        byName = fields.ToDictionary(field => field.Name, StringComparer.Ordinal);
        Size = 1 + fields.Sum(field => 1 + field.Value.Size);
        Depth = 1 + fields.Select(field => field.Value.Depth).DefaultIfEmpty().Max();
    }

    /// <summary>Its fields, in the text's order.</summary>
    public IReadOnlyList<YamlField> Fields { get; }

    internal override int Size { get; }

    internal override int Depth { get; }

    internal override string Description => "a mapping";

    /// <summary>The field of a name; null: there is none.</summary>
    public YamlField? Find(string name) => byName.GetValueOrDefault(name);
}

/// <summary>A key of a mapping with its value.</summary>
/// <param name="Name">The key.</param>
/// <param name="Line">The key's line, from 1.</param>
/// <param name="Value">The value.</param>
public sealed record YamlField(string Name, int Line, YamlNode Value);
