using System.Collections.Frozen;
using System.Collections.Immutable;
using Onboarding.Core.Configuration;
using Onboarding.Core.Resources;

namespace Onboarding.Core.Policy;

/// <summary>Compiles resources and configuration into what each namespace allows.</summary>
public static class PolicyCompiler
{
    /// <summary>Compiles a complete list.</summary>
    /// <param name="resources">The list. The order of its resources makes no difference.</param>
    /// <param name="options">Issuers and deny list; null: there is no configuration, every issuer counts and nobody is denied.</param>
    /// <param name="trust">The trust bundle; null: it is not known here, and every region counts.</param>
    public static CompiledPolicies Compile(ResourceSnapshot resources, WorkloadsOptions? options, AwsTrust? trust = null)
    {
        ArgumentNullException.ThrowIfNull(resources);
        var openIssuers = MatcherFlaw.OpenIssuers(options);
        var denyList = new DenyList(options, trust);
        var policies = resources.Policies.OrderBy(policy => policy.Metadata.Name, StringComparer.Ordinal)
            .ToLookup(policy => policy.Metadata.Namespace, StringComparer.Ordinal);
        var groups = resources.WorkloadGroups.ToLookup(group => group.Metadata.Namespace, StringComparer.Ordinal);

        var namespaces = new Dictionary<string, NamespaceSnapshot>(StringComparer.Ordinal);
        foreach (var inNamespace in groups)
        {
            var byName = inNamespace.DistinctBy(group => group.Metadata.Name, StringComparer.Ordinal)
                .ToFrozenDictionary(group => group.Metadata.Name, StringComparer.Ordinal);
            ImmutableArray<OnboardingPolicy> valid = [.. policies[inNamespace.Key].Where(PolicyStatus.IsValid)];
            var version = PolicyVersion.Of(byName.Values, valid, options, trust);
            var matchers = CompileMatchers(valid, openIssuers);
            namespaces.Add(inNamespace.Key, new CompiledNamespace(inNamespace.Key, version, resources.AsOf, byName, matchers, denyList));
        }

        var statuses = policies.OrderBy(inNamespace => inNamespace.Key, StringComparer.Ordinal)
            .SelectMany(inNamespace => inNamespace.Select(policy => PolicyStatus.Of(policy, [.. groups[inNamespace.Key]], openIssuers)));
        return new CompiledPolicies(namespaces.ToFrozenDictionary(StringComparer.Ordinal), [.. statuses]);
    }

    private static ImmutableArray<CompiledMatcher> CompileMatchers(ImmutableArray<OnboardingPolicy> policies, FrozenSet<string> openIssuers)
    {
        var compiled = ImmutableArray.CreateBuilder<CompiledMatcher>();
        foreach (var policy in policies)
        {
            foreach (var (ruleIndex, rule) in policy.Allow.Index())
            {
                foreach (var (workloadIndex, matcher) in rule.Workloads.Index())
                {
                    var place = new MatcherPlace(compiled.Count, policy.Metadata.Name, ruleIndex, workloadIndex);
                    compiled.Add(CompiledMatcher.Compile(matcher, place, rule.OnboardTo, MatcherFlaw.Find(matcher, openIssuers)));
                }
            }
        }

        return compiled.ToImmutable();
    }
}
