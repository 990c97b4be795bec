namespace Onboarding.Yaml.Nodes;

/// <summary>A scalar. Its type follows Kubernetes: a plain one is resolved as go-yaml v2 does (YAML 1.1), a quoted one is a string.</summary>
public sealed class YamlScalar : YamlNode
{
    internal YamlScalar(int line, string text, ScalarKind kind)
        : base(line) => (Text, Kind) = (text, kind);

    /// <summary>Its text, without quotes and escapes.</summary>
    public string Text { get; }

    /// <summary>Its type.</summary>
    public ScalarKind Kind { get; }

    internal override int Size => 1;

    internal override int Depth => 0;

    internal override string Description => Kind switch
    {
        ScalarKind.Null => "null",
        ScalarKind.Boolean => "a boolean",
        ScalarKind.Whole or ScalarKind.Fraction => "a number",
        _ => "a string",
    };
}

/// <summary>Types of scalars.</summary>
public enum ScalarKind
{
    /// <summary>A string.</summary>
    Text,

    /// <summary>Nothing: <c>null</c>, <c>~</c>, or no text.</summary>
    Null,

    /// <summary>A boolean.</summary>
    Boolean,

    /// <summary>A whole number of 64 bits.</summary>
    Whole,

    /// <summary>Any other number.</summary>
    Fraction,
}
