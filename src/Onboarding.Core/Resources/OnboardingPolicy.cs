using System.Collections.Immutable;

namespace Onboarding.Core.Resources;

/// <summary>An OnboardingPolicy, <c>authorization.onboarding.tetrate.io/v1alpha1</c>: allow only, default deny.</summary>
/// <param name="Metadata">Its metadata; it authorizes for WorkloadGroups of its namespace.</param>
/// <param name="Allow">Its rules, at least one; empty when <paramref name="Problems"/> is not.</param>
/// <param name="Problems">What is wrong with it, as <c>field.path: what</c>; an invalid policy authorizes nobody.</param>
public sealed record OnboardingPolicy(ObjectMeta Metadata, ImmutableArray<OnboardingRule> Allow, ImmutableArray<string> Problems);

/// <summary>A rule: any of the workloads may join any of the groups.</summary>
/// <param name="Workloads">Matchers of identities, at least one.</param>
/// <param name="OnboardTo">Selectors of groups by their own labels, at least one.</param>
public sealed record OnboardingRule(ImmutableArray<IdentityMatcher> Workloads, ImmutableArray<LabelSelector> OnboardTo);

/// <summary>Matches identities; everything in it must match.</summary>
public abstract record IdentityMatcher;

/// <summary>Matches machines at AWS. An empty list of anything but accounts means any.</summary>
/// <param name="Partitions">Partitions.</param>
/// <param name="Accounts">Accounts, at least one.</param>
/// <param name="Regions">Regions.</param>
/// <param name="Zones">Availability zones.</param>
/// <param name="Kind">Which kind of machine.</param>
/// <param name="Clusters">ECS clusters.</param>
/// <param name="IamRoleNames">IAM roles.</param>
public sealed record AwsIdentityMatcher(
    ImmutableArray<string> Partitions,
    ImmutableArray<string> Accounts,
    ImmutableArray<string> Regions,
    ImmutableArray<string> Zones,
    AwsMachineKind Kind,
    ImmutableArray<string> Clusters,
    ImmutableArray<string> IamRoleNames) : IdentityMatcher;

/// <summary>A kind of machine at AWS.</summary>
public enum AwsMachineKind
{
    /// <summary>An EC2 instance.</summary>
    Ec2,

    /// <summary>An ECS task.</summary>
    Ecs,
}

/// <summary>Matches identities that an OpenID Connect issuer vouches for.</summary>
/// <param name="Issuer">The issuer, byte for byte.</param>
/// <param name="Subjects">Subjects; empty: any.</param>
/// <param name="Attributes">Attributes, all of which must match.</param>
public sealed record JwtIdentityMatcher(
    string Issuer,
    ImmutableArray<string> Subjects,
    ImmutableArray<AttributeMatcher> Attributes) : IdentityMatcher;

/// <summary>Matches one attribute.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Values">Any of these; empty: whatever is there.</param>
public sealed record AttributeMatcher(string Name, ImmutableArray<string> Values);
