using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Onboarding.Core.Configuration;
using Onboarding.Core.Identity;

namespace Onboarding.Core.Tests.Identity;

public sealed partial class WorkloadNameTests
{
    private static readonly ImmutableArray<JwtIssuerOptions> Issuers = [new() { Issuer = Identities.Issuer, ShortName = "my-corp" }];

    [Fact]
    public void Of_Ec2_IsTheDocumentedForm() =>
        Name("ratings", Identities.Ec2()).ShouldBe("ratings-aws-aws-123456789012-us-east-2b-ec2-i-1234567890abcdef0");

    [Fact]
    public void Of_Ecs_HasClusterAndTask() =>
        Name("ratings", Identities.Ecs()).ShouldBe("ratings-aws-aws-123456789012-us-east-2b-ecs-payments-0123456789abcdef0123456789abcdef");

    [Fact]
    public void Of_Jwt_IsTheDocumentedForm() =>
        Name("ratings", Identities.Jwt("vm007-datacenter1-us-east.internal.corp")).ShouldBe("ratings-jwt-my-corp--vm007-datacenter1-us-east.internal.corp");

    [Theory]
    [InlineData("VM_007", "vm-007-ebk5slhef6vp76ky4obi5j7krq")]
    [InlineData("repo:octo/app:ref:refs/heads/main", "repo-octo-app-ref-refs-heads-main-ajt237ivdwohsbwlot3v6zb6u2")]
    [InlineData("a..b.-c.", "a--b--c-tqe2s3gsiiqzri5soejkhmiyay")]
    [InlineData("!!!", "-fstgwz6ooc56tttkjs2biqpad7")]
    public void Of_SubjectThatIsNoSubdomain_IsMadeSafeAndGetsAHash(string subject, string expected) =>
        Name("ratings", Identities.Jwt(subject)).ShouldBe("ratings-jwt-my-corp--" + expected);

    [Fact]
    public void Of_SubjectOver180Characters_IsCutAndGetsAHash() =>
        Name("ratings", Identities.Jwt(new string('x', 181))).ShouldBe($"ratings-jwt-my-corp--{new string('x', 180)}-fdqgmxzbmka3bjhgvcud3nh644");

    [Fact]
    public void Of_SubjectOf180Characters_IsKept() =>
        Name("ratings", Identities.Jwt(new string('x', 180))).ShouldBe($"ratings-jwt-my-corp--{new string('x', 180)}");

    [Theory]
    [InlineData("ratings", "a-jwt-b", "ratings-jwt-my-corp--a-jwt-b-k5f67sxm5zpao6pglc2wdhu6te")]
    [InlineData("ratings-aws-x", "vm", "ratings-aws-x-jwt-my-corp--vm-uuaud7nitcgnm4u6boylncwnqd")]
    [InlineData("ratings", "x-abcdefghijklmnopqrstuvwxyz", "ratings-jwt-my-corp--x-abcdefghijklmnopqrstuvwxyz-fqyb25nzjkghormjxfhzbmlckw")]
    public void Of_NameThatCouldBeReadAsAnothers_GetsAHash(string group, string subject, string expected) =>
        Name(group, Identities.Jwt(subject)).ShouldBe(expected);

    [Fact]
    public void Of_ClusterThatIsNoLabel_IsMadeSafeAndGetsAHash() =>
        Name("ratings", Identities.Ecs("My_Cluster.1"))
            .ShouldBe("ratings-aws-aws-123456789012-us-east-2b-ecs-my-cluster-1-0123456789abcdef0123456789abcdef-m3cpxajln4pevkbkgexnjgl6b3");

    [Fact]
    public void Of_AwsInGroupThatContainsAKind_GetsAHash() =>
        Name("a-jwt-b", Identities.Ec2()).ShouldBe("a-jwt-b-aws-aws-123456789012-us-east-2b-ec2-i-1234567890abcdef0-6rp2t2r6steoptb4jbfp45iocb");

    [Fact]
    public void Of_TooLongTogether_IsCutToASubdomainAndGetsAHash()
    {
        var subject = Name(new string('g', 63), Identities.Jwt(new string('s', 180)));
        subject.Length.ShouldBe(WorkloadName.MaxLength);
        subject.ShouldEndWith("-eysisvfjabsuvfxnf3m2w3ah4b");

        var group = Name(new string('g', 253), Identities.Jwt("vm"));
        group.Length.ShouldBe(WorkloadName.MaxLength);
        group.ShouldEndWith("-mpmcnwewj52kikoig4ljsgkbk2");
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData(".")]
    [InlineData("A")]
    [InlineData("a.")]
    [InlineData(".a")]
    [InlineData("-a-")]
    [InlineData("a.-b-.c")]
    [InlineData("a b\tc")]
    [InlineData("../../etc/passwd")]
    [InlineData("system:serviceaccount:ns:sa")]
    [InlineData("\u212Aelvin\u0130\uD83D\uDE00")]
    [InlineData("vm\n")]
    public void Of_WhateverTheSubjectOrCluster_IsASubdomain(string text)
    {
        Subdomain().IsMatch(Name("ratings", Identities.Jwt(text))).ShouldBeTrue();
        Subdomain().IsMatch(Name("ratings", Identities.Ecs(text))).ShouldBeTrue();
    }

    [Fact]
    public void Of_CutInFrontOfADot_IsASubdomain()
    {
        var name = Name("ratings", Identities.Jwt(new string('x', 179) + ".y"));
        Subdomain().IsMatch(name).ShouldBeTrue();
        name.ShouldContain(new string('x', 179) + "-");
    }

    [Fact]
    public void Of_IssuerThatIsNotConfigured_IsNull() =>
        WorkloadName.Of("ratings", Identities.Jwt("vm007") with { Issuer = Identities.Issuer + "/" }, Issuers).ShouldBeNull();

    [Fact]
    public void Attempt_SubjectsThatLookAlikeOnceMadeSafe_GetNamesOfTheirOwn()
    {
        string[] names = ["vm_7", "vm-7", "VM-7", "vm:7", "vm 7"];
        names.Select(subject => Name("ratings", Identities.Jwt(subject))).Distinct(StringComparer.Ordinal).Count().ShouldBe(names.Length);
    }

    [Fact]
    public void Attempt_SubjectThatSpellsAnothersNameWithItsHash_GetsAnotherName()
    {
        var victim = Name("ratings", Identities.Jwt("VM_007"));
        var spelt = victim["ratings-jwt-my-corp--".Length..];

        string.Equals(Name("ratings", Identities.Jwt(spelt)), victim, StringComparison.Ordinal).ShouldBeFalse();
    }

    [Fact]
    public void Attempt_TwoIdentitiesWithOneName_HaveTwoKeys()
    {
        ImmutableArray<JwtIssuerOptions> issuers =
        [
            new() { Issuer = "https://one.example", ShortName = "b" },
            new() { Issuer = "https://two.example", ShortName = "jwt-b" },
        ];
        var one = new JwtIdentity("https://one.example", "vm", ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal));
        var two = one with { Issuer = "https://two.example" };

        WorkloadName.Of("a-jwt", one, issuers).ShouldBe(WorkloadName.Of("a", two, issuers));
        var keys = new HashSet<string>(StringComparer.Ordinal) { WorkloadKey.Of("bookinfo", "a-jwt", one), WorkloadKey.Of("bookinfo", "a", two) };
        keys.Count.ShouldBe(2);
    }

    private static string Name(string group, WorkloadIdentity identity) =>
        WorkloadName.Of(group, identity, Issuers).ShouldNotBeNull();

    [GeneratedRegex(@"\A[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\z", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Subdomain();
}
