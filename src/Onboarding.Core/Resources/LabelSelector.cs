using System.Collections.Immutable;

namespace Onboarding.Core.Resources;

/// <summary>A Kubernetes LabelSelector: all must match; an empty one matches everything.</summary>
/// <param name="MatchLabels">Labels that must have these values.</param>
/// <param name="MatchExpressions">Requirements.</param>
public sealed record LabelSelector(
    ImmutableSortedDictionary<string, string> MatchLabels,
    ImmutableArray<LabelSelectorRequirement> MatchExpressions);

/// <summary>A requirement on one label.</summary>
/// <param name="Key">The label.</param>
/// <param name="Operator">The operator.</param>
/// <param name="Values">Its values: needed by In and NotIn, forbidden otherwise.</param>
public sealed record LabelSelectorRequirement(string Key, LabelSelectorOperator Operator, ImmutableArray<string> Values);

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
