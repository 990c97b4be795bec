using System.Collections.Immutable;

namespace Onboarding.Core.Resources;

/// <summary>The part of Kubernetes' ObjectMeta that is used here.</summary>
public sealed record ObjectMeta
{
    /// <summary>The object's namespace.</summary>
    public required string Namespace { get; init; }

    /// <summary>The object's name.</summary>
    public required string Name { get; init; }

    /// <summary>Its labels.</summary>
    public ImmutableSortedDictionary<string, string> Labels { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Its annotations.</summary>
    public ImmutableSortedDictionary<string, string> Annotations { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>The API server's uid; null for what comes from files.</summary>
    public string? Uid { get; init; }

    /// <summary>The API server's generation; 0 for what comes from files.</summary>
    public long Generation { get; init; }
}
