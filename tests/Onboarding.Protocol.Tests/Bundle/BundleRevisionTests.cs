using System.Text.Json.Nodes;
using Onboarding.Protocol.Bundle;

namespace Onboarding.Protocol.Tests.Bundle;

public sealed class BundleRevisionTests
{
    private static readonly BootBundle Bundle = new("", Variables(("A", "1"), ("B", "2")), new JsonObject { ["a"] = 1, ["b"] = 2 }, [new HostsEntry("10.0.0.1", ["istiod.istio-system.svc"])], "PEM");

    [Fact]
    public void Of_EqualContentInAnotherOrder_IsEqual()
    {
        var other = Bundle with { Revision = "x", Environment = Variables(("B", "2"), ("A", "1")), ProxyConfig = new JsonObject { ["b"] = 2, ["a"] = 1 } };

        BundleRevision.Of(other, "uid").ShouldBe(BundleRevision.Of(Bundle, "uid"));
    }

    public static TheoryData<string> StartChanges => ["environment", "proxyConfig", "uid"];

    [Theory]
    [MemberData(nameof(StartChanges))]
    public void NeedsRestart_WhatIsReadOnlyAtStartHasChanged_IsTrue(string what)
    {
        var changed = what switch
        {
            "environment" => BundleRevision.Of(Bundle with { Environment = Variables(("A", "1"), ("B", "3")) }, "uid"),
            "proxyConfig" => BundleRevision.Of(Bundle with { ProxyConfig = new JsonObject { ["a"] = 1, ["b"] = "2" } }, "uid"),
            _ => BundleRevision.Of(Bundle, "another"),
        };

        BundleRevision.NeedsRestart(BundleRevision.Of(Bundle, "uid"), changed).ShouldBeTrue();
    }

    [Fact]
    public void NeedsRestart_WhatTheSidecarNoticesItselfHasChanged_IsFalseButTheRevisionMoves()
    {
        var before = BundleRevision.Of(Bundle, "uid");
        var hosts = BundleRevision.Of(Bundle with { Hosts = [] }, "uid");
        var root = BundleRevision.Of(Bundle with { RootCertificates = null }, "uid");

        new[] { before, hosts, root }.Distinct(StringComparer.Ordinal).Count().ShouldBe(3);
        BundleRevision.NeedsRestart(before, hosts).ShouldBeFalse();
        BundleRevision.NeedsRestart(before, root).ShouldBeFalse();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("something")]
    public void NeedsRestart_StartedWithAnUnknownRevision_IsTrue(string? started) =>
        BundleRevision.NeedsRestart(started, BundleRevision.Of(Bundle, "uid")).ShouldBeTrue();

    private static Dictionary<string, string> Variables(params (string Name, string Value)[] variables) =>
        variables.ToDictionary(variable => variable.Name, variable => variable.Value, StringComparer.Ordinal);
}
