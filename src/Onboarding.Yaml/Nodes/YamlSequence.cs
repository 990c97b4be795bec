namespace Onboarding.Yaml.Nodes;

/// <summary>A list.</summary>
public sealed class YamlSequence : YamlNode
{
    internal YamlSequence(int line, IReadOnlyList<YamlNode> items)
        : base(line)
    {
        Items = items;
        Size = 1 + items.Sum(item => item.Size);
        Depth = 1 + items.Select(item => item.Depth).DefaultIfEmpty().Max();
    }

    /// <summary>Its items.</summary>
    public IReadOnlyList<YamlNode> Items { get; }

    internal override int Size { get; }

    internal override int Depth { get; }

    internal override string Description => "a list";
}
