using Onboarding.Core.Identity;

namespace Onboarding.Core.Policy;

/// <summary>
/// Matchers by account or issuer and by the rarest value each restricts, so that looking costs what can match, not what there is.
/// </summary>
internal sealed class MatcherIndex
{
    private readonly Dictionary<IndexKey, List<CompiledMatcher>> byKey = [];
    private readonly bool isRoleKnown;

    /// <summary>Indexes matchers that come in order of their places.</summary>
    /// <param name="matchers">The matchers.</param>
    /// <param name="isRoleKnown">Whether it will be asked for identities whose IAM role is known; else roles are no part of it.</param>
    public MatcherIndex(IReadOnlyCollection<CompiledMatcher> matchers, bool isRoleKnown = true)
    {
        this.isRoleKnown = isRoleKnown;
        var usable = matchers.Where(matcher => matcher.Flaw is null).ToList();
        var frequencies = usable.SelectMany(AllKeys).CountBy(key => key).ToDictionary();
        foreach (var matcher in usable)
        {
            foreach (var key in matcher.Scopes.SelectMany(scope => RarestKeys(matcher, scope, frequencies)))
            {
                if (!byKey.TryGetValue(key, out var found))
                {
                    byKey.Add(key, found = []);
                }

                found.Add(matcher);
            }
        }
    }

    /// <summary>The first matcher, by place, that matches an identity; else null, and the first thing that did not match.</summary>
    public CompiledMatcher? FindFirst(WorkloadIdentity identity, ref string? mismatch)
    {
        CompiledMatcher? first = null;
        foreach (var key in IndexKey.Of(identity))
        {
            foreach (var candidate in byKey.GetValueOrDefault(key) ?? [])
            {
                if (first is not null && candidate.Place.Order > first.Place.Order)
                {
                    break;
                }

                if (candidate.FindMismatch(identity, isRoleKnown) is not { } difference)
                {
                    first = candidate;
                    break;
                }

                mismatch ??= $"{candidate.Place}: {difference}";
            }
        }

        return first;
    }

    /// <summary>The matchers that match an identity, each perhaps more than once.</summary>
    public IEnumerable<CompiledMatcher> FindAll(WorkloadIdentity identity) =>
        from key in IndexKey.Of(identity)
        from candidate in byKey.GetValueOrDefault(key) ?? []
        where candidate.FindMismatch(identity, isRoleKnown) is null
        select candidate;

    private IEnumerable<Restriction> Restrictions(CompiledMatcher matcher) =>
        matcher.Restrictions.Where(restriction => isRoleKnown || restriction.Field != IdentityField.Role);

    private IEnumerable<IndexKey> AllKeys(CompiledMatcher matcher) =>
        from scope in matcher.Scopes
        from restriction in Restrictions(matcher)
        from key in Keys(scope, restriction)
        select key;

    private IEnumerable<IndexKey> RarestKeys(CompiledMatcher matcher, string scope, Dictionary<IndexKey, int> frequencies) =>
        Restrictions(matcher).MinBy(restriction => Keys(scope, restriction).Max(key => frequencies[key])) is { } rarest
            ? Keys(scope, rarest)
            : [IndexKey.Unrestricted(scope)];

    private static IEnumerable<IndexKey> Keys(string scope, Restriction restriction) =>
        restriction.Values.Distinct(StringComparer.Ordinal).Select(value => new IndexKey(scope, restriction.Field, restriction.Name, value));
}
