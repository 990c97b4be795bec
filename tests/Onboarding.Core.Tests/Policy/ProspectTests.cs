using System.Collections.Frozen;
using System.Collections.Immutable;
using Onboarding.Core.Configuration;
using Onboarding.Core.Identity;
using Onboarding.Core.Policy;
using Onboarding.Core.Resources;
using Onboarding.Core.Tests.Identity;
using static Onboarding.Core.Tests.Policy.Manifests;

namespace Onboarding.Core.Tests.Policy;

/// <summary>What can be said of a machine at AWS before its role is known: whoever no policy names provokes no call to AWS.</summary>
public sealed class ProspectTests
{
    private static readonly WorkloadsOptions WithAws = new() { Aws = new AwsAuthenticationOptions("aws", ImmutableDictionary<string, Uri>.Empty) };

    [Fact]
    public void Foresee_AccountThatNoPolicyNames_IsRefused()
    {
        var prospect = Foresee(Identities.Ec2() with { Account = "210987654321" }, Rule(Ec2(), Everything), Rule(Ec2("ratings-role"), Everything));

        prospect.Decision.IsAllowed.ShouldBeFalse();
        prospect.NeedsRole.ShouldBeFalse();
    }

    [Fact]
    public void Foresee_MatcherWithoutRoles_NeedsNone() => Foresee(Identities.Ec2(), Rule(Ec2(), Everything)).ShouldSatisfyAllConditions(
        prospect => prospect.Decision.IsAllowed.ShouldBeTrue(),
        prospect => prospect.NeedsRole.ShouldBeFalse());

    [Fact]
    public void Foresee_MatcherThatNamesRolesBesideOneThatDoesNot_NeedsIt() =>
        Foresee(Identities.Ec2(), Rule(Ec2(), Everything), Rule(Ec2("ratings-role"), Everything)).NeedsRole.ShouldBeTrue();

    [Theory]
    [InlineData("us-east-2", "us-east-2b", "ratings", true)]
    [InlineData("us-east-1", "us-east-1b", "ratings", false)]
    [InlineData("us-east-2", "us-east-2a", "ratings", false)]
    [InlineData("us-east-2", "us-east-2b", "reviews", false)]
    public void Foresee_RoleOfAMatcherThatCouldNotMatchOtherwise_IsNotNeeded(string region, string zone, string group, bool expected)
    {
        var rule = Rule(Ec2("ratings-role") with { Regions = ["us-east-2"], Zones = ["us-east-2b"] }, Selector(("app", "ratings")));

        var prospect = Snapshot(Allowing("p", rule)).Foresee(Identities.Ec2() with { Region = region, Zone = zone }, group, Listed);

        prospect.Decision.IsAllowed.ShouldBe(expected);
        prospect.NeedsRole.ShouldBe(expected);
    }

    [Fact]
    public void Foresee_RoleThatIsOnlyClaimed_DoesNotCount() =>
        Foresee(Identities.Ec2("other-role"), Rule(Ec2("ratings-role"), Everything)).Decision.IsAllowed.ShouldBeTrue();

    [Fact]
    public void Foresee_TaskWhoseOnlyMatcherRestsOnItsOwnWords_IsRefused() =>
        Foresee(Identities.Ecs(), Rule(Ecs() with { Clusters = ["payments"] }, Everything)).Decision.IsAllowed.ShouldBeFalse();

    [Fact]
    public void Foresee_TaskOfAnotherCluster_IsRefusedBeforeItsRoleIsKnown() =>
        Foresee(Identities.Ecs("orders"), Rule(Ecs("ratings-role") with { Clusters = ["payments"] }, Everything)).Decision.IsAllowed.ShouldBeFalse();

    [Fact]
    public void Foresee_UnknownGroup_IsRefused() =>
        Snapshot(Allowing("p", Rule(Ec2(), Everything))).Foresee(Identities.Ec2(), "unknown", Listed).Decision.IsAllowed.ShouldBeFalse();

    [Fact]
    public void Evaluate_InstanceWithoutAVerifiedRoleWherePolicyNamesRoles_MustAttestAnew() =>
        Snapshot(Allowing("p", Rule(Ec2("ratings-role"), Everything))).Ask(Identities.Ec2()).Cause.ShouldBe(DenialCause.RoleNotProven);

    [Fact]
    public void Evaluate_InstanceOfAnotherRole_IsNotAllowed() =>
        Snapshot(Allowing("p", Rule(Ec2("ratings-role"), Everything))).Ask(Identities.Ec2("other-role")).Cause.ShouldBe(DenialCause.NotAllowed);

    [Fact]
    public void Evaluate_AwsThatIsNotConfigured_LosesItsPlace() =>
        Bookinfo(new WorkloadsOptions(), Allowing("p", Rule(Ec2(), Everything))).Namespaces["bookinfo"].Ask(Identities.Ec2())
            .Cause.ShouldBe(DenialCause.IssuerNotConfigured);

    [Theory]
    [InlineData("us-east-2", true)]
    [InlineData("us-west-2", false)]
    public void Evaluate_RegionOfTheTrustBundle_Decides(string trusted, bool expected)
    {
        var decision = Compile(Trust(trusted)).Ask(Identities.Ec2());

        decision.IsAllowed.ShouldBe(expected);
        decision.Cause.ShouldBe(expected ? DenialCause.None : DenialCause.IssuerNotConfigured);
    }

    [Fact]
    public void Version_OtherTrustBundle_IsAnother()
    {
        var one = Compile(Trust("us-east-2"));

        Compile(Trust("us-east-2")).Version.ShouldBe(one.Version);
        (Compile(Trust("us-east-2") with { Digest = "other" }).Version == one.Version).ShouldBeFalse();
    }

    private static NamespaceSnapshot Compile(AwsTrust trust) => PolicyCompiler
        .Compile(Listing([Group("ratings")], [Allowing("p", Rule(Ec2(), Everything))]), WithAws, trust)
        .Namespaces["bookinfo"];

    private static AwsTrust Trust(params string[] regions) => new(string.Join(',', regions), regions.ToFrozenSet(StringComparer.Ordinal));

    private static PolicyProspect Foresee(AwsIdentity identity, params OnboardingRule[] rules) =>
        Snapshot(Allowing("p", rules)).Foresee(identity, "ratings", Listed);
}
