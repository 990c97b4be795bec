using System.Collections.Immutable;
using Onboarding.Core.Identity;
using Onboarding.Core.Resources;

namespace Onboarding.Core.Policy;

/// <summary>A matcher of a rule together with the rule's selectors.</summary>
internal abstract class CompiledMatcher(MatcherPlace place, ImmutableArray<LabelSelector> onboardTo, MatcherFlaw? flaw)
{
    /// <summary>Where it stands.</summary>
    public MatcherPlace Place { get; } = place;

    /// <summary>Why it matches nobody; null: it may match.</summary>
    public MatcherFlaw? Flaw { get; } = flaw;

    /// <summary>Whether one of the selectors is empty and so selects every group.</summary>
    public bool SelectsEveryGroup { get; } = onboardTo.Any(selector => selector.MatchLabels.IsEmpty && selector.MatchExpressions.IsEmpty);

    /// <summary>Whether it names IAM roles.</summary>
    public virtual bool NamesRoles => false;

    /// <summary>Accounts or issuer.</summary>
    public abstract IEnumerable<string> Scopes { get; }

    /// <summary>What it restricts besides; any one of them suffices to find it.</summary>
    public abstract IEnumerable<Restriction> Restrictions { get; }

    public static CompiledMatcher Compile(IdentityMatcher matcher, MatcherPlace place, ImmutableArray<LabelSelector> onboardTo, MatcherFlaw? flaw) =>
        matcher switch
        {
            AwsIdentityMatcher aws => new CompiledAwsMatcher(aws, place, onboardTo, flaw),
            JwtIdentityMatcher jwt => new CompiledJwtMatcher(jwt, place, onboardTo, flaw),
            _ => throw new ArgumentException("is of no kind that is known here", nameof(matcher)),
        };

    /// <summary>Whether the rule is for a group with these labels of its own.</summary>
    public bool Selects(WorkloadGroup group) => onboardTo.Any(selector => selector.Matches(group.Metadata.Labels));

    /// <summary>The first thing of an identity that does not match; null: it matches. A role that is not known yet matches.</summary>
    public string? FindMismatch(WorkloadIdentity identity, bool isRoleKnown = true) =>
        Flaw is null ? Compare(identity, isRoleKnown) : $"{Flaw.Reason}: {Flaw.Message}";

    protected abstract string? Compare(WorkloadIdentity identity, bool isRoleKnown);

    /// <summary>Compares a field with the values that a matcher lists; none: any.</summary>
    protected static string? Compare(string field, string? actual, ImmutableArray<string> allowed)
    {
        if (allowed.IsEmpty || actual is not null && allowed.Contains(actual, StringComparer.Ordinal))
        {
            return null;
        }

        return $"{field}: {(actual is null ? "absent" : Quoted.Of(actual))} is not one of {Quoted.List(allowed)}";
    }
}
