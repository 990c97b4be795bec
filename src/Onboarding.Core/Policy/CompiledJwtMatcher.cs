using System.Collections.Immutable;
using Onboarding.Core.Identity;
using Onboarding.Core.Resources;

namespace Onboarding.Core.Policy;

/// <summary>A <c>jwt</c> matcher.</summary>
internal sealed class CompiledJwtMatcher(JwtIdentityMatcher matcher, MatcherPlace place, ImmutableArray<LabelSelector> onboardTo, MatcherFlaw? flaw)
    : CompiledMatcher(place, onboardTo, flaw)
{
    public override IEnumerable<string> Scopes => [matcher.Issuer];

    public override IEnumerable<Restriction> Restrictions
    {
        get
        {
            if (!matcher.Subjects.IsEmpty)
            {
                yield return new(IdentityField.Subject, "", matcher.Subjects);
            }

            foreach (var attribute in matcher.Attributes.Where(attribute => !attribute.Values.IsEmpty))
            {
                yield return new(IdentityField.Attribute, attribute.Name, attribute.Values);
            }
        }
    }

    protected override string? Compare(WorkloadIdentity identity, bool isRoleKnown)
    {
        if (identity is not JwtIdentity jwt)
        {
            return "jwt: the identity is not of an issuer of tokens";
        }

        if (Compare("issuer", jwt.Issuer, [matcher.Issuer]) is { } issuer)
        {
            return issuer;
        }

        return Compare("subject", jwt.Subject, matcher.Subjects) ?? CompareAttributes(jwt);
    }

    private string? CompareAttributes(JwtIdentity jwt)
    {
        foreach (var attribute in matcher.Attributes)
        {
            var field = $"attribute {Quoted.Of(attribute.Name)}";
            if (!jwt.Attributes.TryGetValue(attribute.Name, out var value))
            {
                return $"{field}: absent";
            }

            if (Compare(field, value, attribute.Values) is { } mismatch)
            {
                return mismatch;
            }
        }

        return null;
    }
}
