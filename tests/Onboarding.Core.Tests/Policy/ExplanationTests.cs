using Onboarding.Core.Policy;
using Onboarding.Core.Resources;
using Onboarding.Core.Tests.Identity;
using static Onboarding.Core.Tests.Policy.Manifests;

namespace Onboarding.Core.Tests.Policy;

public sealed class ExplanationTests
{
    [Fact]
    public void Evaluate_SeveralPoliciesAllow_NamesTheFirstByNameRuleAndMatcher()
    {
        var rule = Rule(Subjects("vm007"), Everything);
        var snapshot = Snapshot(
            Allowing("c", Rule(Jwt(), Everything)),
            Allowing("b", Rule(Subjects("vm008"), Everything), rule, rule),
            Allowing("d", Rule(Attributes(("region", ["us-east"])), Selector(("app", "ratings")))));

        var decision = snapshot.Ask(Identities.Jwt("vm007", ("region", "us-east")));

        decision.ShouldBe(new PolicyDecision(true, "b", 1, "policy \"b\", rule 1, workload 0 allows it"));
    }

    [Fact]
    public void Evaluate_PolicyForSomeGroupsComesFirst_IsNamedBeforeOneForEveryGroup()
    {
        var snapshot = Snapshot(Allowing("a", Rule(Jwt(), Selector(("app", "ratings")))), Allowing("b", Rule(Jwt(), Everything)));

        snapshot.Ask(Identities.Jwt("vm"), "ratings").Policy.ShouldBe("a");
        snapshot.Ask(Identities.Jwt("vm"), "reviews").Policy.ShouldBe("b");
    }

    [Fact]
    public void Explain_Refusal_SaysForEachCandidateTheFirstThingThatDidNotMatch()
    {
        var snapshot = Snapshot(
            Allowing("a", Rule(Subjects("vm008"), Everything), Rule(Jwt(), Selector(("app", "reviews")))),
            Allowing("b", Rule(Attributes(("region", ["us-east"]), ("role", ["x"])), Everything), Rule(Attributes(("rack", [])), Everything)),
            Allowing("other-issuer", Rule(Jwt("https://other.example"), Everything)),
            Allowing("aws", Rule(Ec2(), Everything)));

        var explanation = snapshot.Explain(Identities.Jwt("vm007", ("region", "us-east"), ("role", "y")), "ratings", Listed);

        explanation.Decision.IsAllowed.ShouldBeFalse();
        explanation.Candidates.ShouldBe(
        [
            new PolicyCandidate("a", 0, 0, "subject: \"vm007\" is not one of \"vm008\""),
            new PolicyCandidate("a", 1, 0, "onboardTo: selects no group with the labels of ratings"),
            new PolicyCandidate("b", 0, 0, "attribute \"role\": \"y\" is not one of \"x\""),
            new PolicyCandidate("b", 1, 0, "attribute \"rack\": absent"),
        ]);
    }

    [Fact]
    public void Explain_Aws_ComparesFromTheOutsideIn()
    {
        string? Mismatch(AwsIdentityMatcher matcher) =>
            Snapshot(Allowing("p", Rule(matcher, Everything))).Explain(Identities.Ec2("r"), "ratings", Listed).Candidates.ShouldHaveSingleItem().Mismatch;

        Mismatch(Ec2("x") with { Partitions = ["aws-cn"], Regions = ["x"] }).ShouldBe("partition: \"aws\" is not one of \"aws-cn\"");
        Mismatch(Ec2("x") with { Regions = ["x"], Zones = ["x"] }).ShouldBe("region: \"us-east-2\" is not one of \"x\"");
        Mismatch(Ec2("x") with { Zones = ["x"] }).ShouldBe("zone: \"us-east-2b\" is not one of \"x\"");
        Mismatch(Ecs("x")).ShouldBe("ecs: the identity is not of an ECS task");
        Mismatch(Ec2("x", "y")).ShouldBe("IAM role: \"r\" is not one of \"x\", \"y\"");
        Mismatch(Ec2("r")).ShouldBeNull();
    }

    [Fact]
    public void Evaluate_MisspeltIssuer_NamesTheOnesThatPoliciesName()
    {
        var snapshot = Snapshot(Allowing("p", Rule(Jwt(), Everything)), Allowing("aws", Rule(Ec2(), Everything)));

        snapshot.Ask(Identities.Jwt("vm") with { Issuer = "https://mycompany.corp/" }).Reason
            .ShouldBe("no policy of namespace bookinfo names issuer \"https://mycompany.corp/\"; named are \"https://mycompany.corp\"");
        snapshot.Ask(Identities.Ec2() with { Account = "210987654321" }).Reason
            .ShouldBe("no policy of namespace bookinfo names account \"210987654321\"; named are \"123456789012\"");
    }

    [Fact]
    public void Evaluate_Refusal_SaysTheFirstThingThatFailed() =>
        Snapshot(Allowing("p", Rule(Subjects("vm008"), Everything))).Ask(Identities.Jwt("vm007")).Reason
            .ShouldBe("policy \"p\", rule 0, workload 0: subject: \"vm007\" is not one of \"vm008\"");

    [Fact]
    public void Attempt_AttributeThatForgesALogLine_IsQuotedAndCut()
    {
        var snapshot = Snapshot(Allowing("p", Rule(Attributes(("role", ["x"])), Everything)));

        var reason = snapshot.Ask(Identities.Jwt("vm", ("role", "\"\r\n{\"verdict\":\"allow\"}" + new string('y', 10_000)))).Reason;

        reason.ShouldNotContain("\n");
        reason.Length.ShouldBeLessThan(400);
    }
}
