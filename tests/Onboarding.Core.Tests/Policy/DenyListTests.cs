using System.Collections.Immutable;
using Onboarding.Core.Configuration;
using Onboarding.Core.Identity;
using Onboarding.Core.Policy;
using Onboarding.Core.Tests.Identity;
using static Onboarding.Core.Tests.Policy.Manifests;

namespace Onboarding.Core.Tests.Policy;

/// <summary>Row 34 of the threats: a machine that must stay out.</summary>
public sealed class DenyListTests
{
    [Fact]
    public void Attempt_DeniedSubjectThatAPolicyAllows_IsRefusedInEveryGroup()
    {
        var denied = new DeniedWorkload(Jwt: new DeniedJwt(Identities.Issuer, "vm007"));

        var decision = Ask(Identities.Jwt("vm007", ("region", "us-east")), denied);

        decision.IsAllowed.ShouldBeFalse();
        decision.Cause.ShouldBe(DenialCause.Denied);
        decision.Reason.ShouldBe("the deny list names subject \"vm007\" of issuer \"https://mycompany.corp\"");
        Ask(Identities.Jwt("vm008"), denied).IsAllowed.ShouldBeTrue();
    }

    [Fact]
    public void Attempt_DeniedInstanceTaskOrRole_IsRefused()
    {
        var byInstance = new DeniedWorkload(Aws: new DeniedAws(Account, InstanceId: "i-1234567890abcdef0"));
        var byTask = new DeniedWorkload(Aws: new DeniedAws(Account, TaskId: "0123456789abcdef0123456789abcdef"));
        var byRole = new DeniedWorkload(Aws: new DeniedAws(Account, IamRole: "stolen"));
        var elsewhere = new DeniedWorkload(Aws: new DeniedAws("210987654321", IamRole: "stolen"));

        Ask(Identities.Ec2(), byInstance).Cause.ShouldBe(DenialCause.Denied);
        Ask(Identities.Ecs(), byTask).Cause.ShouldBe(DenialCause.Denied);
        Ask(Identities.Ec2("stolen"), byRole).Cause.ShouldBe(DenialCause.Denied);
        Ask(Identities.Ecs(role: "stolen"), byRole).Cause.ShouldBe(DenialCause.Denied);
        Ask(Identities.Ec2("other"), byTask, byRole, elsewhere).IsAllowed.ShouldBeTrue();
        Ask(Identities.Ec2("stolen"), elsewhere).IsAllowed.ShouldBeTrue();
    }

    [Fact]
    public void Attempt_InstanceOfADeniedRoleThatLeavesItsRoleProofOut_IsRefused()
    {
        var byRole = new DeniedWorkload(Aws: new DeniedAws(Account, IamRole: "stolen"));

        var decision = Ask(Identities.Ec2(), byRole);

        decision.IsAllowed.ShouldBeFalse();
        decision.Cause.ShouldBe(DenialCause.RoleNotProven);
        Snapshot(byRole).Foresee(Identities.Ec2(), "ratings", Listed).ShouldSatisfyAllConditions(
            prospect => prospect.Decision.IsAllowed.ShouldBeTrue(),
            prospect => prospect.NeedsRole.ShouldBeTrue());
    }

    [Fact]
    public void Evaluate_RoleDeniedForWhatWasIssuedBefore_IsNotAskedForAfterwards()
    {
        var snapshot = Snapshot(new DeniedWorkload(Aws: new DeniedAws(Account, IamRole: "stolen"), Before: Listed));

        snapshot.Foresee(Identities.Ec2(), "ratings", Listed.AddTicks(-1)).NeedsRole.ShouldBeTrue();
        snapshot.Foresee(Identities.Ec2(), "ratings", Listed).NeedsRole.ShouldBeFalse();
        snapshot.Evaluate(Identities.Ec2(), "ratings", Listed).IsAllowed.ShouldBeTrue();
    }

    [Fact]
    public void Attempt_DeniedWorkloadByName_IsRefusedInThatGroupAndNamespace()
    {
        var denied = new DeniedWorkload(Workload: "bookinfo/ratings-jwt-corp--vm007");

        Ask(Identities.Jwt("vm007"), denied).Cause.ShouldBe(DenialCause.Denied);
        Ask(Identities.Jwt("vm008"), denied).IsAllowed.ShouldBeTrue();
        Snapshot(denied).Allows(Identities.Jwt("vm007"), "reviews").ShouldBeTrue();
        Ask(Identities.Jwt("vm007"), new DeniedWorkload(Workload: "other/ratings-jwt-corp--vm007")).IsAllowed.ShouldBeTrue();
    }

    [Fact]
    public void Evaluate_Before_RefusesOnlyWhatWasIssuedBefore()
    {
        var snapshot = Snapshot(new DeniedWorkload(Jwt: new DeniedJwt(Identities.Issuer, "vm007"), Before: Listed));

        snapshot.Evaluate(Identities.Jwt("vm007"), "ratings", Listed.AddTicks(-1)).Cause.ShouldBe(DenialCause.Denied);
        snapshot.Evaluate(Identities.Jwt("vm007"), "ratings", Listed).IsAllowed.ShouldBeTrue();
    }

    [Fact]
    public void Evaluate_SeveralEntriesForOne_TheOneThatReachesFurthestCounts()
    {
        var jwt = new DeniedJwt(Identities.Issuer, "vm007");

        Ask(Identities.Jwt("vm007"), new DeniedWorkload(Jwt: jwt), new DeniedWorkload(Jwt: jwt, Before: Listed.AddYears(-1)))
            .Cause.ShouldBe(DenialCause.Denied);
    }

    private static PolicyDecision Ask(WorkloadIdentity identity, params DeniedWorkload[] denied) => Snapshot(denied).Ask(identity);

    private static NamespaceSnapshot Snapshot(params DeniedWorkload[] denied)
    {
        WorkloadsOptions options = new()
        {
            JwtIssuers = [new JwtIssuerOptions { Issuer = Identities.Issuer, ShortName = "corp" }],
            Aws = new AwsAuthenticationOptions("aws", ImmutableDictionary<string, Uri>.Empty),
            Denied = [.. denied],
        };
        return Bookinfo(options, Allowing("wide", Rule(Jwt(), Everything), Rule(Ec2(), Everything), Rule(Ecs(), Everything))).Namespaces["bookinfo"];
    }
}
