using Onboarding.Core.Configuration;
using Onboarding.Core.Policy;
using Onboarding.Core.Resources;
using Onboarding.Core.Tests.Identity;
using static Onboarding.Core.Tests.Policy.Manifests;

namespace Onboarding.Core.Tests.Policy;

/// <summary>Row 15 of the threats: an empty, invalid or foreign-namespace policy, selector tricks, a public issuer.</summary>
public sealed class PolicyScopeTests
{
    [Fact]
    public void Attempt_NoPolicyAtAll_AuthorizesNobody() =>
        Snapshot().Allows(Identities.Jwt("vm")).ShouldBeFalse();

    [Fact]
    public void Attempt_PolicyWithoutRules_AuthorizesNobodyAndIsNotAccepted()
    {
        var compiled = Bookinfo(null, Allowing("empty"));

        compiled.Namespaces["bookinfo"].Allows(Identities.Jwt("vm")).ShouldBeFalse();
        compiled.Statuses.ShouldHaveSingleItem().ShouldBe(new PolicyStatus("bookinfo", "empty", 0, false, "Invalid", "spec.allow: is required", 0));
    }

    [Fact]
    public void Attempt_InvalidPolicyWithAWideRule_AuthorizesNobodyAndLeavesTheOthersAlone()
    {
        var invalid = Allowing("a-invalid", Rule(Jwt(), Everything)) with { Problems = ["spec.allow[0].workloads[0].jwt.subject: unknown field"] };
        var compiled = Bookinfo(null, invalid, Allowing("valid", Rule(Subjects("vm007"), Everything)));

        compiled.Namespaces["bookinfo"].Allows(Identities.Jwt("vm")).ShouldBeFalse();
        compiled.Namespaces["bookinfo"].Ask(Identities.Jwt("vm007")).Policy.ShouldBe("valid");
        compiled.Statuses[0].IsAccepted.ShouldBeFalse();
        compiled.Statuses[0].Message.ShouldBe("spec.allow[0].workloads[0].jwt.subject: unknown field");
        compiled.Statuses[1].IsAccepted.ShouldBeTrue();
    }

    [Fact]
    public void Attempt_PolicyOfAnotherNamespace_AuthorizesNobodyHere()
    {
        var resources = Listing([Group("ratings"), GroupIn("attacker", "ratings")], [AllowingIn("attacker", "wide", Rule(Jwt(), Everything))]);
        var compiled = PolicyCompiler.Compile(resources, options: null);

        compiled.Namespaces["bookinfo"].Allows(Identities.Jwt("vm")).ShouldBeFalse();
        compiled.Namespaces["attacker"].Allows(Identities.Jwt("vm")).ShouldBeTrue();
    }

    [Fact]
    public void Attempt_InventedGroup_LooksLikeAGroupWithoutPolicy()
    {
        var decision = Snapshot(Allowing("p", Rule(Jwt(), Everything))).Ask(Identities.Jwt("vm"), "invented");

        decision.IsAllowed.ShouldBeFalse();
        decision.Cause.ShouldBe(DenialCause.NotAllowed);
        decision.Policy.ShouldBeNull();
        decision.Rule.ShouldBeNull();
    }

    [Fact]
    public void Attempt_RuleWithoutWorkloadsOrSelectors_AuthorizesNobody()
    {
        var snapshot = Snapshot(Allowing("p", new OnboardingRule([], [Everything]), new OnboardingRule([Jwt()], [])));

        snapshot.Allows(Identities.Jwt("vm")).ShouldBeFalse();
    }

    [Theory]
    [InlineData(LabelSelectorOperator.In, "app", "ratings", true, false)]
    [InlineData(LabelSelectorOperator.In, "App", "ratings", false, false)]
    [InlineData(LabelSelectorOperator.NotIn, "app", "ratings", false, true)]
    [InlineData(LabelSelectorOperator.NotIn, "absent", "ratings", true, true)]
    [InlineData(LabelSelectorOperator.Exists, "app", null, true, true)]
    [InlineData(LabelSelectorOperator.Exists, "absent", null, false, false)]
    [InlineData(LabelSelectorOperator.DoesNotExist, "app", null, false, false)]
    [InlineData(LabelSelectorOperator.DoesNotExist, "absent", null, true, true)]
    public void Attempt_SelectorTricks_SelectAsKubernetesDoes(LabelSelectorOperator @operator, string key, string? value, bool ratings, bool reviews)
    {
        var selector = new LabelSelector(Labels(), [new LabelSelectorRequirement(key, @operator, value is null ? [] : [value])]);
        var snapshot = Snapshot(Allowing("p", Rule(Jwt(), selector)));

        snapshot.Allows(Identities.Jwt("vm"), "ratings").ShouldBe(ratings);
        snapshot.Allows(Identities.Jwt("vm"), "reviews").ShouldBe(reviews);
    }

    [Fact]
    public void Attempt_TemplateLabelsThatThePolicySelects_CountForNothing()
    {
        var group = Group("ratings", ("app", "other"));
        group = group with { Labels = Labels(("app", "ratings")), Template = new WorkloadTemplate { Labels = Labels(("app", "ratings")) } };
        var compiled = PolicyCompiler.Compile(Listing([group], [Allowing("p", Rule(Jwt(), Selector(("app", "ratings"))))]), options: null);

        compiled.Namespaces["bookinfo"].Allows(Identities.Jwt("vm")).ShouldBeFalse();
    }

    [Fact]
    public void Attempt_LabelsAndExpressionsTogether_NeedsAll()
    {
        var selector = new LabelSelector(Labels(("app", "ratings")), [new LabelSelectorRequirement("tier", LabelSelectorOperator.Exists, [])]);

        Snapshot(Allowing("p", Rule(Jwt(), selector))).Allows(Identities.Jwt("vm")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("https://token.actions.githubusercontent.com")]
    [InlineData("https://gitlab.com")]
    [InlineData("https://accounts.google.com")]
    [InlineData("https://oidc.circleci.com/org/00000000-0000-0000-0000-000000000000")]
    [InlineData("https://agent.buildkite.com")]
    [InlineData("https://app.terraform.io")]
    [InlineData("https://login.microsoftonline.com/common/v2.0")]
    [InlineData("https://login.microsoftonline.com/9188040d-6c67-4c5b-b112-36a304b66dad/v2.0")]
    [InlineData("https://sts.windows.net/{tenantid}/")]
    [InlineData("https://GitLab.com/")]
    public void Attempt_TokenOfAPublicIssuerWithNeitherSubjectsNorAttributes_IsRefusedAndStatusSaysTooWide(string issuer)
    {
        var compiled = Bookinfo(null, Allowing("p", Rule(Jwt(issuer), Everything)));

        compiled.Namespaces["bookinfo"].Ask(Identities.Jwt("vm") with { Issuer = issuer }).Reason.ShouldContain("TooWide");
        var status = compiled.Statuses.ShouldHaveSingleItem();
        status.IsAccepted.ShouldBeTrue();
        status.Reason.ShouldBe("TooWide");
        status.MatchedWorkloadGroups.ShouldBe(2);
    }

    [Theory]
    [InlineData("https://login.microsoftonline.com/72f988bf-86f1-41af-91ab-2d7cd011db47/v2.0")]
    [InlineData("https://gitlab.mycompany.corp")]
    [InlineData("https://gitlab.com.mycompany.corp")]
    public void Evaluate_IssuerOfOneOrganization_IsNotPublic(string issuer) =>
        Snapshot(Allowing("p", Rule(Jwt(issuer), Everything))).Allows(Identities.Jwt("vm") with { Issuer = issuer }).ShouldBeTrue();

    [Fact]
    public void Evaluate_PublicIssuerWithSubjects_Matches()
    {
        const string issuer = "https://token.actions.githubusercontent.com";
        var snapshot = Snapshot(Allowing("p", Rule(Jwt(issuer) with { Subjects = ["repo:octo/app:ref:refs/heads/main"] }, Everything)));

        snapshot.Allows(Identities.Jwt("repo:octo/app:ref:refs/heads/main") with { Issuer = issuer }).ShouldBeTrue();
        snapshot.Allows(Identities.Jwt("repo:evil/app:ref:refs/heads/main") with { Issuer = issuer }).ShouldBeFalse();
    }

    [Fact]
    public void Attempt_TokenForAnotherAudienceOfAnOpenIssuer_IsRefusedAsTooWide()
    {
        WorkloadsOptions options = new() { JwtIssuers = [new JwtIssuerOptions { Issuer = Identities.Issuer, ShortName = "corp", Audiences = ["shared"] }] };
        var compiled = Bookinfo(options, Allowing("wide", Rule(Jwt(), Everything)), Allowing("z-narrow", Rule(Subjects("vm007"), Everything)));

        compiled.Namespaces["bookinfo"].Allows(Identities.Jwt("vm")).ShouldBeFalse();
        compiled.Namespaces["bookinfo"].Ask(Identities.Jwt("vm007")).Policy.ShouldBe("z-narrow");
        compiled.Statuses[0].Reason.ShouldBe("TooWide");
        compiled.Statuses[1].Reason.ShouldBe("Accepted");
    }

    [Fact]
    public void Compile_Statuses_CountTheGroupsThatTheRulesSelect()
    {
        var compiled = Bookinfo(null, Allowing("one", Rule(Jwt(), Selector(("app", "ratings")))), Allowing("none", Rule(Jwt(), Selector(("app", "details")))));

        compiled.Statuses.Select(status => (status.Policy, status.MatchedWorkloadGroups)).ShouldBe([("none", 0), ("one", 1)]);
    }

    [Fact]
    public void Compile_PolicyInANamespaceWithoutGroups_HasAStatusAndNoSnapshot()
    {
        var compiled = Bookinfo(null, AllowingIn("empty", "p", Rule(Jwt(), Everything)));

        compiled.Namespaces.Keys.ShouldBe(["bookinfo"]);
        compiled.Statuses.ShouldHaveSingleItem().MatchedWorkloadGroups.ShouldBe(0);
    }
}
