using System.Collections.Immutable;

namespace Onboarding.Core.Resources;

/// <summary>A Kubernetes LabelSelector: all must match; an empty one matches everything.</summary>
/// <param name="MatchLabels">Labels that must have these values.</param>
/// <param name="MatchExpressions">Requirements.</param>
public sealed record LabelSelector(
    ImmutableSortedDictionary<string, string> MatchLabels,
    ImmutableArray<LabelSelectorRequirement> MatchExpressions)
{
    /// <summary>Whether an object with these labels is selected.</summary>
    public bool Matches(ImmutableSortedDictionary<string, string> labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        foreach (var (key, value) in MatchLabels)
        {
            if (!labels.TryGetValue(key, out var actual) || !string.Equals(actual, value, StringComparison.Ordinal))
            {
                return false;
            }
        }

        return MatchExpressions.All(requirement => requirement.Matches(labels));
    }
}

/// <summary>A requirement on one label.</summary>
/// <param name="Key">The label.</param>
/// <param name="Operator">The operator.</param>
/// <param name="Values">Its values: needed by In and NotIn, forbidden otherwise.</param>
public sealed record LabelSelectorRequirement(string Key, LabelSelectorOperator Operator, ImmutableArray<string> Values)
{
    /// <summary>Whether these labels meet it; an absent label meets <c>NotIn</c> and <c>DoesNotExist</c>, as in Kubernetes.</summary>
    public bool Matches(ImmutableSortedDictionary<string, string> labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        var isPresent = labels.TryGetValue(Key, out var value);
        return Operator switch
        {
            LabelSelectorOperator.In => isPresent && Values.Contains(value!, StringComparer.Ordinal),
            LabelSelectorOperator.NotIn => !isPresent || !Values.Contains(value!, StringComparer.Ordinal),
            LabelSelectorOperator.Exists => isPresent,
            _ => !isPresent,
        };
    }
}

/// <summary>Operators of a <see cref="LabelSelectorRequirement"/>.</summary>
public enum LabelSelectorOperator
{
    /// <summary>The label has one of the values.</summary>
    In,

    /// <summary>The label is absent or has none of the values.</summary>
    NotIn,

    /// <summary>The label is there.</summary>
    Exists,

    /// <summary>The label is not there.</summary>
    DoesNotExist,
}
