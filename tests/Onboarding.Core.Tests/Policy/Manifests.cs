using System.Collections.Immutable;
using Onboarding.Core.Configuration;
using Onboarding.Core.Identity;
using Onboarding.Core.Policy;
using Onboarding.Core.Resources;
using Onboarding.Core.Tests.Identity;

namespace Onboarding.Core.Tests.Policy;

/// <summary>Short forms of the resources that tests of policies begin with.</summary>
internal static class Manifests
{
    public const string Account = "123456789012";

    public static readonly DateTimeOffset Listed = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static readonly LabelSelector Everything = Selector();

    public static LabelSelector Selector(params (string Key, string Value)[] labels) => new(Labels(labels), []);

    public static ImmutableSortedDictionary<string, string> Labels(params (string Key, string Value)[] labels) =>
        labels.ToImmutableSortedDictionary(label => label.Key, label => label.Value, StringComparer.Ordinal);

    public static WorkloadGroup Group(string name, params (string Key, string Value)[] labels) => GroupIn("bookinfo", name, labels);

    public static WorkloadGroup GroupIn(string @namespace, string name, params (string Key, string Value)[] labels) =>
        new(new ObjectMeta { Namespace = @namespace, Name = name, Labels = Labels(labels) }, Labels(), Labels(), new WorkloadTemplate(), Probe: null);

    public static OnboardingPolicy Allowing(string name, params OnboardingRule[] rules) => AllowingIn("bookinfo", name, rules);

    public static OnboardingPolicy AllowingIn(string @namespace, string name, params OnboardingRule[] rules) =>
        new(new ObjectMeta { Namespace = @namespace, Name = name }, [.. rules], []);

    public static OnboardingRule Rule(IdentityMatcher matcher, params LabelSelector[] onboardTo) => new([matcher], [.. onboardTo]);

    public static JwtIdentityMatcher Jwt(string issuer = Identities.Issuer) => new(issuer, [], []);

    public static JwtIdentityMatcher Subjects(params string[] subjects) => Jwt() with { Subjects = [.. subjects] };

    public static JwtIdentityMatcher Attributes(params (string Name, string[] Values)[] attributes) =>
        Jwt() with { Attributes = [.. attributes.Select(attribute => new AttributeMatcher(attribute.Name, [.. attribute.Values]))] };

    public static AwsIdentityMatcher Ec2(params string[] roles) => new([], [Account], [], [], AwsMachineKind.Ec2, [], [.. roles]);

    public static AwsIdentityMatcher Ecs(params string[] roles) => Ec2(roles) with { Kind = AwsMachineKind.Ecs };

    public static WorkloadsOptions Issuers(params string[] issuers) => new()
    {
        JwtIssuers = [.. issuers.Select((issuer, index) => new JwtIssuerOptions { Issuer = issuer, ShortName = $"issuer-{index}" })],
    };

    public static ResourceSnapshot Listing(IEnumerable<WorkloadGroup> groups, IEnumerable<OnboardingPolicy> policies) =>
        new() { AsOf = Listed, WorkloadGroups = [.. groups], Policies = [.. policies] };

    /// <summary>The groups ratings (app=ratings) and reviews (app=reviews) of bookinfo under some policies.</summary>
    public static CompiledPolicies Bookinfo(WorkloadsOptions? options, params OnboardingPolicy[] policies) =>
        PolicyCompiler.Compile(Listing([Group("ratings", ("app", "ratings")), Group("reviews", ("app", "reviews"))], policies), options);

    public static NamespaceSnapshot Snapshot(params OnboardingPolicy[] policies) => Bookinfo(null, policies).Namespaces["bookinfo"];

    public static PolicyDecision Ask(this NamespaceSnapshot snapshot, WorkloadIdentity identity, string group = "ratings") =>
        snapshot.Evaluate(identity, group, Listed);

    public static bool Allows(this NamespaceSnapshot snapshot, WorkloadIdentity identity, string group = "ratings") =>
        snapshot.Ask(identity, group).IsAllowed;
}
