using Onboarding.Core.Resources;
using Onboarding.Core.Tests.Identity;
using static Onboarding.Core.Tests.Policy.Manifests;

namespace Onboarding.Core.Tests.Policy;

public sealed class AwsPolicyTests
{
    [Fact]
    public void Evaluate_AnyInstanceOfAnAccount_AllowsWithAndWithoutRole()
    {
        var snapshot = Snapshot(Allowing("p", Rule(Ec2(), Everything)));

        snapshot.Allows(Identities.Ec2()).ShouldBeTrue();
        snapshot.Allows(Identities.Ec2("any-role")).ShouldBeTrue();
        snapshot.Allows(Identities.Ec2() with { Account = "210987654321" }).ShouldBeFalse();
        snapshot.Allows(Identities.Ecs()).ShouldBeFalse();
        snapshot.Allows(Identities.Jwt(Account)).ShouldBeFalse();
    }

    [Theory]
    [InlineData("ratings-role", "ratings", true)]
    [InlineData("reviews-role", "reviews", true)]
    [InlineData("ratings-role", "reviews", false)]
    [InlineData("reviews-role", "ratings", false)]
    [InlineData("Ratings-role", "ratings", false)]
    [InlineData(null, "ratings", false)]
    public void Evaluate_DocumentedRoles_AllowsEachItsOwnGroup(string? role, string group, bool expected) =>
        Snapshot(Allowing(
            "allow-aws-ec2-vms",
            Rule(Ec2("ratings-role"), Selector(("app", "ratings"))),
            Rule(Ec2("reviews-role"), Selector(("app", "reviews"))))).Allows(Identities.Ec2(role), group).ShouldBe(expected);

    [Theory]
    [InlineData("aws", "ca-central-1", "ca-central-1b", null, true)]
    [InlineData("aws", "ca-central-1", "ca-central-1a", null, false)]
    [InlineData("aws-cn", "ca-central-1", "ca-central-1b", null, false)]
    [InlineData("aws", "us-east-1", "us-east-1a", "example-role", true)]
    [InlineData("aws", "us-east-1", "us-east-1a", null, false)]
    [InlineData("aws", "us-east-1", "us-east-1a", "other-role", false)]
    [InlineData("aws", "us-east-1", "ca-central-1b", null, false)]
    [InlineData("aws", "ca-central-1", "us-east-1a", "example-role", false)]
    public void Evaluate_DocumentedPartitionsRegionsAndZones_ComparesEach(string partition, string region, string zone, string? role, bool expected)
    {
        var rule = new OnboardingRule(
            [
                Ec2() with { Partitions = ["aws"], Regions = ["ca-central-1"], Zones = ["ca-central-1b"] },
                Ec2("example-role") with { Partitions = ["aws"], Regions = ["us-east-1"], Zones = ["us-east-1a"] },
            ],
            [Selector(("app", "ratings"))]);
        var identity = Identities.Ec2(role) with { Partition = partition, Region = region, Zone = zone };

        Snapshot(Allowing("allow-aws-ec2-vms", rule)).Allows(identity).ShouldBe(expected);
    }

    [Fact]
    public void Evaluate_SeveralAccounts_AllowsEach()
    {
        var snapshot = Snapshot(Allowing("p", Rule(Ec2() with { Accounts = [Account, "210987654321", Account] }, Everything)));

        snapshot.Allows(Identities.Ec2()).ShouldBeTrue();
        snapshot.Allows(Identities.Ec2() with { Account = "210987654321" }).ShouldBeTrue();
    }

    [Fact]
    public void Evaluate_AnyTaskOfAnAccount_AllowsTasksAlone()
    {
        var snapshot = Snapshot(Allowing("p", Rule(Ecs(), Everything)));

        snapshot.Allows(Identities.Ecs("whatever", "whoever")).ShouldBeTrue();
        snapshot.Allows(Identities.Ec2("whoever")).ShouldBeFalse();
    }

    [Fact]
    public void Evaluate_ClusterWithRole_ComparesBoth()
    {
        var snapshot = Snapshot(Allowing("p", Rule(Ecs("ratings-role") with { Clusters = ["payments"] }, Everything)));

        snapshot.Allows(Identities.Ecs()).ShouldBeTrue();
        snapshot.Allows(Identities.Ecs(role: "other-role")).ShouldBeFalse();
        snapshot.Allows(Identities.Ecs(cluster: "other")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("clusters")]
    [InlineData("regions")]
    [InlineData("zones")]
    public void Attempt_TaskThatClaimsItsClusterRegionOrZoneWithoutARoleNamed_IsRefusedAndStatusSaysUnprovenClaims(string claim)
    {
        var matcher = claim switch
        {
            "clusters" => Ecs() with { Clusters = ["payments"] },
            "regions" => Ecs() with { Regions = ["us-east-2"] },
            _ => Ecs() with { Zones = ["us-east-2b"] },
        };
        var compiled = Bookinfo(null, Allowing("p", Rule(matcher, Everything)));

        compiled.Namespaces["bookinfo"].Allows(Identities.Ecs()).ShouldBeFalse();
        var status = compiled.Statuses.ShouldHaveSingleItem();
        status.IsAccepted.ShouldBeTrue();
        status.Reason.ShouldBe("UnprovenClaims");
        status.Message.ShouldStartWith($"spec.allow[0].workloads[0]: {claim}: ");
    }

    [Fact]
    public void Attempt_MatcherWithoutAccounts_MatchesNobody() =>
        Snapshot(Allowing("p", Rule(Ec2() with { Accounts = [] }, Everything))).Allows(Identities.Ec2()).ShouldBeFalse();
}
