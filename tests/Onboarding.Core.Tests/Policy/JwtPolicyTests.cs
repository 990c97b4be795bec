using Onboarding.Core.Policy;
using Onboarding.Core.Tests.Identity;
using static Onboarding.Core.Tests.Policy.Manifests;

namespace Onboarding.Core.Tests.Policy;

public sealed class JwtPolicyTests
{
    private static readonly NamespaceSnapshot ByAttributes = Snapshot(Allowing(
        "allow-onpremise-jwt-vms",
        Rule(Attributes(("region", ["us-east", "us-west"]), ("instance_role", ["app-ratings"])), Selector(("app", "ratings")))));

    [Theory]
    [InlineData("us-east-datacenter1-vm007", "ratings", true)]
    [InlineData("us-west-datacenter2-vm008", "ratings", true)]
    [InlineData("us-east-datacenter1-vm007", "reviews", false)]
    [InlineData("us-east-datacenter1-vm008", "ratings", false)]
    [InlineData("US-EAST-DATACENTER1-VM007", "ratings", false)]
    [InlineData("us-east-datacenter1-vm007 ", "ratings", false)]
    [InlineData("us-east-datacenter1-vm00", "ratings", false)]
    public void Evaluate_DocumentedSubjects_AllowsThemAndNobodyElse(string subject, string group, bool expected) =>
        Snapshot(Allowing("allow-onpremise-jwt-vms", Rule(Subjects("us-east-datacenter1-vm007", "us-west-datacenter2-vm008"), Selector(("app", "ratings")))))
            .Allows(Identities.Jwt(subject), group).ShouldBe(expected);

    [Theory]
    [InlineData("us-east", "app-ratings", true)]
    [InlineData("us-west", "app-ratings", true)]
    [InlineData("us-north", "app-ratings", false)]
    [InlineData("us-east", "app-reviews", false)]
    [InlineData("us-east", "APP-RATINGS", false)]
    [InlineData(null, "app-ratings", false)]
    [InlineData("us-east", null, false)]
    [InlineData(null, null, false)]
    public void Evaluate_DocumentedAttributes_NeedsAllOfThem(string? region, string? role, bool expected)
    {
        (string Name, string? Value)[] attributes = [("region", region), ("instance_role", role), ("unrelated", "x")];

        ByAttributes.Allows(Identities.Jwt("vm", [.. from a in attributes where a.Value is not null select (a.Name, a.Value!)])).ShouldBe(expected);
    }

    [Fact]
    public void Evaluate_AttributeWithoutValues_NeedsItsPresence()
    {
        var snapshot = Snapshot(Allowing("p", Rule(Attributes(("region", [])), Everything)));

        snapshot.Allows(Identities.Jwt("vm", ("region", ""))).ShouldBeTrue();
        snapshot.Allows(Identities.Jwt("vm", ("Region", "us-east"))).ShouldBeFalse();
    }

    [Fact]
    public void Evaluate_SubjectsAndAttributes_NeedsBoth()
    {
        var matcher = Attributes(("region", ["us-east"])) with { Subjects = ["vm007"] };
        var snapshot = Snapshot(Allowing("p", Rule(matcher, Everything)));

        snapshot.Allows(Identities.Jwt("vm007", ("region", "us-east"))).ShouldBeTrue();
        snapshot.Allows(Identities.Jwt("vm007", ("region", "us-west"))).ShouldBeFalse();
        snapshot.Allows(Identities.Jwt("vm008", ("region", "us-east"))).ShouldBeFalse();
    }

    [Theory]
    [InlineData("https://mycompany.corp/")]
    [InlineData("https://MYCOMPANY.corp")]
    [InlineData("https://mycompany.corp.attacker.example")]
    public void Evaluate_IssuerThatOnlyLooksAlike_IsRefused(string issuer) =>
        Snapshot(Allowing("p", Rule(Jwt(), Everything))).Allows(Identities.Jwt("vm") with { Issuer = issuer }).ShouldBeFalse();

    [Fact]
    public void Evaluate_IssuerOfOneOrganizationAlone_MatchesAnySubject() =>
        Snapshot(Allowing("p", Rule(Jwt(), Everything))).Allows(Identities.Jwt("vm")).ShouldBeTrue();

    [Fact]
    public void Evaluate_IssuerThatIsNotConfigured_SaysSo()
    {
        var snapshot = Bookinfo(Issuers("https://other.example"), Allowing("p", Rule(Jwt(), Everything))).Namespaces["bookinfo"];

        var decision = snapshot.Ask(Identities.Jwt("vm"));

        decision.IsAllowed.ShouldBeFalse();
        decision.Cause.ShouldBe(DenialCause.IssuerNotConfigured);
    }

    [Fact]
    public void Evaluate_AwsIdentityWithTheWordsOfAToken_IsRefused() =>
        Snapshot(Allowing("p", Rule(Jwt(Account), Everything))).Allows(Identities.Ec2()).ShouldBeFalse();
}
