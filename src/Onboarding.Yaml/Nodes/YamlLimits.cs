namespace Onboarding.Yaml.Nodes;

/// <summary>How much a text may ask of its reader. What exceeds a limit is refused before it is built.</summary>
public sealed record YamlLimits
{
    /// <summary>For directories of manifests.</summary>
    public static YamlLimits Manifests { get; } = new();

    /// <summary>For a file that holds one configuration.</summary>
    public static YamlLimits Configuration { get; } = new() { MaxCharacters = 1024 * 1024, MaxNodes = 50_000 };

    /// <summary>Longest text, in UTF-16 characters.</summary>
    /// <value>16 Mi.</value>
    public int MaxCharacters { get; init; } = 16 * 1024 * 1024;

    /// <summary>Deepest nesting of mappings and sequences.</summary>
    /// <value>64.</value>
    public int MaxDepth { get; init; } = 64;

    /// <summary>Most scalars, sequences and mappings of all documents together; what an alias stands for counts again at each use.</summary>
    /// <value>2,000,000.</value>
    public int MaxNodes { get; init; } = 2_000_000;

    /// <summary>Most aliases in a text.</summary>
    /// <value>100.</value>
    public int MaxAliases { get; init; } = 100;
}
