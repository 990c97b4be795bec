using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using Onboarding.Core.Identity;
using Onboarding.Core.Resources;

namespace Onboarding.Core.Policy;

/// <summary>What one namespace allows, ready to be asked.</summary>
internal sealed class CompiledNamespace : NamespaceSnapshot
{
    private readonly string name;
    private readonly FrozenDictionary<string, WorkloadGroup> groups;
    private readonly DenyList denyList;
    private readonly FrozenDictionary<string, ImmutableArray<CompiledMatcher>> byScope;
    private readonly MatcherIndex forEveryGroup;
    private readonly ImmutableArray<CompiledMatcher> forSomeGroups;
    private readonly string namedIssuers;
    private readonly string namedAccounts;

    // Made when a group is first asked for: most namespaces have few groups in use, and a namespace may have many policies.
    private readonly ConcurrentDictionary<string, MatcherIndex> byGroup = new(StringComparer.Ordinal);

    // For machines at AWS whose role is not known yet.
    private readonly ConcurrentDictionary<string, MatcherIndex> byGroupWithoutRoles = new(StringComparer.Ordinal);
    private readonly ImmutableArray<CompiledMatcher> matchers;

    /// <summary>Indexes what was compiled.</summary>
    /// <param name="name">The namespace.</param>
    /// <param name="version">Its version.</param>
    /// <param name="asOf">When the resources were listed.</param>
    /// <param name="groups">Its groups.</param>
    /// <param name="matchers">Its matchers in order of their places.</param>
    /// <param name="denyList">The deny list.</param>
    public CompiledNamespace(
        string name,
        string version,
        DateTimeOffset asOf,
        FrozenDictionary<string, WorkloadGroup> groups,
        ImmutableArray<CompiledMatcher> matchers,
        DenyList denyList)
    {
        this.name = name;
        this.groups = groups;
        this.denyList = denyList;
        this.matchers = matchers;
        Version = version;
        AsOf = asOf;
        byScope = matchers.SelectMany(matcher => matcher.Scopes, (matcher, scope) => (scope, matcher))
            .GroupBy(pair => pair.scope, pair => pair.matcher, StringComparer.Ordinal)
            .ToFrozenDictionary(scope => scope.Key, scope => scope.ToImmutableArray(), StringComparer.Ordinal);
        namedIssuers = DescribeNamed(byScope.Keys.Where(scope => !IsAccount(scope)));
        namedAccounts = DescribeNamed(byScope.Keys.Where(IsAccount));
        forEveryGroup = new MatcherIndex([.. matchers.Where(matcher => matcher.SelectsEveryGroup)]);
        forSomeGroups = [.. matchers.Where(matcher => !matcher.SelectsEveryGroup)];
    }

    public override string? Version { get; }

    public override DateTimeOffset AsOf { get; }

    public override WorkloadGroup? FindGroup(string name) => groups.GetValueOrDefault(name);

    public override PolicyDecision Evaluate(WorkloadIdentity identity, string group, DateTimeOffset issuedAt)
    {
        ArgumentNullException.ThrowIfNull(identity);
        if (FindObstacle(identity, group, issuedAt) is { } obstacle)
        {
            return obstacle;
        }

        string? mismatch = null;
        var some = ForGroup(groups[group]).FindFirst(identity, ref mismatch);
        var every = forEveryGroup.FindFirst(identity, ref mismatch);
        return First(some, every) is { } allowing ? Allow(allowing.Place)
            : CouldBeAllowedWithRole(identity, group) is { } wanting ? RefuseWithoutRole($"{wanting.Place} names IAM roles, and the instance proved none")
            : Refuse(mismatch ?? DescribeAbsence(identity, groups[group]));
    }

    public override PolicyProspect Foresee(AwsIdentity identity, string group, DateTimeOffset issuedAt)
    {
        ArgumentNullException.ThrowIfNull(identity);
        var unknown = identity with { Ec2 = identity.Ec2 is { } ec2 ? ec2 with { IamRole = null } : null, Ecs = identity.Ecs is { } ecs ? ecs with { IamRole = null } : null };
        if (FindObstacle(unknown, group, issuedAt) is { Cause: not DenialCause.RoleNotProven } obstacle)
        {
            return new(obstacle, NeedsRole: false);
        }

        var needsRole = denyList.NamesRolesOf(identity.Account, issuedAt);
        CompiledMatcher? possible = null;
        foreach (var matcher in ForGroupWithoutRoles(groups[group]).FindAll(unknown))
        {
            possible ??= matcher;
            needsRole |= matcher.NamesRoles;
        }

        return possible is null
            ? new(Refuse(DescribeAbsence(unknown, groups[group])), NeedsRole: false)
            : new(Allow(possible.Place), needsRole);
    }

    public override PolicyExplanation Explain(WorkloadIdentity identity, string group, DateTimeOffset issuedAt)
    {
        var decision = Evaluate(identity, group, issuedAt);
        if (FindGroup(group) is not { } found)
        {
            return new PolicyExplanation(decision, []);
        }

        var candidates = Candidates(identity).Select(candidate => new PolicyCandidate(
            candidate.Place.Policy, candidate.Place.Rule, candidate.Place.Workload, FindMismatch(candidate, identity, found)));
        return new PolicyExplanation(decision, [.. candidates]);
    }

    private static bool IsAccount(string scope) => char.IsAsciiDigit(scope[0]);

    // Made once: strangers provoke refusals, so a refusal must not cost what there is.
    private static string DescribeNamed(IEnumerable<string> scopes) =>
        scopes.Order(StringComparer.Ordinal).ToList() is { Count: > 0 } named ? $"; named are {Quoted.List(named)}" : "";

    private static CompiledMatcher? First(CompiledMatcher? one, CompiledMatcher? other) =>
        one is null ? other : other is null || one.Place.Order < other.Place.Order ? one : other;

    private static PolicyDecision Allow(MatcherPlace place) => new(true, place.Policy, place.Rule, $"{place} allows it");

    private static PolicyDecision Refuse(string reason) => new(false, null, null, reason) { Cause = DenialCause.NotAllowed };

    private static PolicyDecision RefuseWithoutRole(string reason) => new(false, null, null, reason) { Cause = DenialCause.RoleNotProven };

    private static string? FindMismatch(CompiledMatcher candidate, WorkloadIdentity identity, WorkloadGroup group) =>
        candidate.FindMismatch(identity) ?? (candidate.Selects(group) ? null : $"onboardTo: selects no group with the labels of {group.Metadata.Name}");

    /// <summary>What refuses before any policy is asked.</summary>
    private PolicyDecision? FindObstacle(WorkloadIdentity identity, string group, DateTimeOffset issuedAt)
    {
        if (denyList.Refuse(name, group, identity, issuedAt) is { } denied)
        {
            return denied;
        }

        return groups.ContainsKey(group) ? null : Refuse($"namespace {name} has no WorkloadGroup {Quoted.Of(group)}");
    }

    private MatcherIndex ForGroup(WorkloadGroup group) =>
        byGroup.GetOrAdd(group.Metadata.Name, _ => new MatcherIndex([.. forSomeGroups.Where(matcher => matcher.Selects(group))]));

    private MatcherIndex ForGroupWithoutRoles(WorkloadGroup group) =>
        byGroupWithoutRoles.GetOrAdd(group.Metadata.Name, _ => new MatcherIndex([.. matchers.Where(matcher => matcher.Selects(group))], isRoleKnown: false));

    private CompiledMatcher? CouldBeAllowedWithRole(WorkloadIdentity identity, string group) =>
        identity is AwsIdentity { Ec2.IamRole: null, Ecs: null } ? ForGroupWithoutRoles(groups[group]).FindAll(identity).FirstOrDefault() : null;

    private ImmutableArray<CompiledMatcher> Candidates(WorkloadIdentity identity) =>
        IndexKey.ScopeOf(identity) is { } scope && byScope.TryGetValue(scope, out var candidates) ? candidates : [];

    /// <summary>Why no matcher was a candidate, in words that show a misspelt issuer or account.</summary>
    private string DescribeAbsence(WorkloadIdentity identity, WorkloadGroup group)
    {
        if (Candidates(identity) is [var first, ..])
        {
            return $"{first.Place}: {FindMismatch(first, identity, group)}";
        }

        var (kind, named) = identity is JwtIdentity ? ("issuer", namedIssuers) : ("account", namedAccounts);
        return $"no policy of namespace {name} names {kind} {Quoted.Of(IndexKey.ScopeOf(identity) ?? "")}{named}";
    }
}
