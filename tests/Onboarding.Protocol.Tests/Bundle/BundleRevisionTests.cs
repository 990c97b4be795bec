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

        BundleRevision.Of(other, "uid", "own").ShouldBe(BundleRevision.Of(Bundle, "uid", "own"));
    }

    public static TheoryData<string> StartChanges => ["environment", "proxyConfig", "uid"];

    [Theory]
    [MemberData(nameof(StartChanges))]
    public void NeedsRestart_WhatIsReadOnlyAtStartHasChanged_IsTrue(string what)
    {
        var changed = what switch
        {
            "environment" => BundleRevision.Of(Bundle with { Environment = Variables(("A", "1"), ("B", "3")) }, "uid", "own"),
            "proxyConfig" => BundleRevision.Of(Bundle with { ProxyConfig = new JsonObject { ["a"] = 1, ["b"] = "2" } }, "uid", "own"),
            _ => BundleRevision.Of(Bundle, "another", "own"),
        };

        BundleRevision.NeedsRestart(BundleRevision.Of(Bundle, "uid", "own"), changed).ShouldBeTrue();
    }

    [Fact]
    public void NeedsRestart_WhatTheSidecarNoticesItselfHasChanged_IsFalseButTheRevisionMoves()
    {
        var before = BundleRevision.Of(Bundle, "uid", "own");
        var hosts = BundleRevision.Of(Bundle with { Hosts = [] }, "uid", "own");
        var root = BundleRevision.Of(Bundle with { RootCertificates = null }, "uid", "own");

        new[] { before, hosts, root }.Distinct(StringComparer.Ordinal).Count().ShouldBe(3);
        BundleRevision.NeedsRestart(before, hosts).ShouldBeFalse();
        BundleRevision.NeedsRestart(before, root).ShouldBeFalse();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("something")]
    public void NeedsRestart_StartedWithAnUnknownRevision_IsTrue(string? started) =>
        BundleRevision.NeedsRestart(started, BundleRevision.Of(Bundle, "uid", "own")).ShouldBeTrue();

    [Fact]
    public void HasOwnChange_OnlyTheMeshHasChanged_IsFalse()
    {
        var before = BundleRevision.Of(Bundle, "uid", "own");
        var mesh = BundleRevision.Of(Bundle with { ProxyConfig = new JsonObject { ["a"] = 3 } }, "uid", "own");

        BundleRevision.NeedsRestart(before, mesh).ShouldBeTrue();
        BundleRevision.HasOwnChange(before, mesh).ShouldBeFalse();
        BundleRevision.HasOwnChange(before, BundleRevision.Of(Bundle, "uid", "another")).ShouldBeTrue();
        BundleRevision.HasOwnChange(before, BundleRevision.Of(Bundle, "another", "own")).ShouldBeTrue("an entry that was made anew is claimed only at a start");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("0123456789abcdef-0123456789abcdef")]
    public void HasOwnChange_StartedWithAnUnknownRevision_IsTrue(string? started) =>
        BundleRevision.HasOwnChange(started, BundleRevision.Of(Bundle, "uid", "own")).ShouldBeTrue();

    private static Dictionary<string, string> Variables(params (string Name, string Value)[] variables) =>
        variables.ToDictionary(variable => variable.Name, variable => variable.Value, StringComparer.Ordinal);
}
