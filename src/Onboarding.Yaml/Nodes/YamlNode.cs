namespace Onboarding.Yaml.Nodes;

/// <summary>A part of a document, with the place it was read at.</summary>
public abstract class YamlNode
{
    private protected YamlNode(int line) => Line = line;

    /// <summary>Its line, from 1. What an alias stands for keeps the line of its anchor.</summary>
    public int Line { get; }

    /// <summary>How many nodes it consists of, itself included.</summary>
    internal abstract int Size { get; }

    /// <summary>How deep it is nested; 0 for a scalar.</summary>
    internal abstract int Depth { get; }

    /// <summary>What it is, for people: <c>a list</c>, <c>a number</c>.</summary>
    internal abstract string Description { get; }
}
