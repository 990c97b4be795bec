using Onboarding.Core.Configuration;
using Onboarding.Core.Policy;
using Onboarding.Core.Resources;
using static Onboarding.Core.Tests.Policy.Manifests;

namespace Onboarding.Core.Tests.Policy;

public sealed class PolicyVersionTests
{
    private static readonly WorkloadGroup[] Groups = [Group("ratings", ("app", "ratings"), ("tier", "1")), Group("reviews", ("app", "reviews"))];

    private static readonly OnboardingPolicy[] Policies =
    [
        Allowing("a", Rule(Subjects("vm007"), Everything)),
        Allowing("b", Rule(Ec2("r"), Selector(("app", "ratings")))),
    ];

    private static readonly WorkloadsOptions Options = Issuers("https://one.example", "https://two.example") with
    {
        Denied = [new(Jwt: new("https://one.example", "x")), new(Workload: "bookinfo/ratings-x")],
    };

    [Fact]
    public void Version_OfThisContent_IsTheSameInEveryReleaseUntilItsMeaningChanges() =>
        Version(Groups, Policies, Options).ShouldBe("72e51234040834a48e1903cfd3d1d573");

    [Fact]
    public void Version_OtherOrderOfFilesIssuersOrEntries_IsTheSame()
    {
        var reversed = Options with { JwtIssuers = [.. Options.JwtIssuers.Reverse()], Denied = [.. Options.Denied.Reverse()] };

        Version(Groups.Reverse(), Policies.Reverse(), reversed).ShouldBe(Version(Groups, Policies, Options));
    }

    [Fact]
    public void Version_WhatDecidesNothing_ChangesNothing()
    {
        var template = Groups[0] with { Template = new WorkloadTemplate { Network = "vm-network" }, Metadata = Groups[0].Metadata with { Generation = 7 } };
        var invalid = Allowing("c") with { Problems = ["spec.allow: is required"] };
        var elsewhere = AllowingIn("other", "d", Rule(Jwt(), Everything));

        Version([template, Groups[1], GroupIn("other", "x")], [.. Policies, invalid, elsewhere], Options).ShouldBe(Version(Groups, Policies, Options));
    }

    [Fact]
    public void Version_AnythingThatDecides_ChangesIt()
    {
        string[] versions =
        [
            Version(Groups, Policies, Options),
            Version(Groups, Policies, null),
            Version([Groups[0]], Policies, Options),
            Version([Groups[0], Group("reviews", ("app", "ratings"))], Policies, Options),
            Version([Groups[0], Group("reviews2", ("app", "reviews"))], Policies, Options),
            Version(Groups, [Policies[0]], Options),
            Version(Groups, [Policies[0], Allowing("b2", [.. Policies[1].Allow])], Options),
            Version(Groups, [Policies[0], Allowing("b", Rule(Ecs("r"), Selector(("app", "ratings"))))], Options),
            Version(Groups, [Policies[0], Allowing("b", Rule(Ec2("s"), Selector(("app", "ratings"))))], Options),
            Version(Groups, [Policies[0], Allowing("b", Rule(Ec2("r") with { IamRoleNames = [], Clusters = ["r"] }, Selector(("app", "ratings"))))], Options),
            Version(Groups, [Policies[0], Allowing("b", Rule(Ec2("r"), Selector(("app", "reviews"))))], Options),
            Version(Groups, [Policies[0], Allowing("b", Rule(Ec2("r"), Requirement(LabelSelectorOperator.In)))], Options),
            Version(Groups, [Policies[0], Allowing("b", Rule(Ec2("r"), Requirement(LabelSelectorOperator.NotIn)))], Options),
            Version(Groups, [Allowing("a", Rule(Subjects("vm", "007"), Everything)), Policies[1]], Options),
            Version(Groups, [Allowing("a", Rule(Attributes(("vm007", [])), Everything)), Policies[1]], Options),
            Version(Groups, [Allowing("a", Rule(Attributes(("vm007", ["x"])), Everything)), Policies[1]], Options),
            Version(Groups, Policies, Options with { JwtIssuers = [Options.JwtIssuers[0]] }),
            Version(Groups, Policies, Options with { JwtIssuers = [Options.JwtIssuers[0] with { Audiences = ["x"] }, Options.JwtIssuers[1]] }),
            Version(Groups, Policies, Options with { Denied = [Options.Denied[0]] }),
            Version(Groups, Policies, Options with { Denied = [Options.Denied[0], Options.Denied[1] with { Before = Listed }] }),
        ];

        versions.Distinct(StringComparer.Ordinal).Count().ShouldBe(versions.Length);
    }

    private static LabelSelector Requirement(LabelSelectorOperator @operator) => new(Labels(), [new LabelSelectorRequirement("app", @operator, ["ratings"])]);

    private static string Version(IEnumerable<WorkloadGroup> groups, IEnumerable<OnboardingPolicy> policies, WorkloadsOptions? options) =>
        PolicyCompiler.Compile(Listing(groups, policies), options).Namespaces["bookinfo"].Version.ShouldNotBeNull();
}
