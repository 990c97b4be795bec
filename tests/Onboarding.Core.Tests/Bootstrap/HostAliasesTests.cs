using System.Collections.Immutable;
using Onboarding.Core.Bootstrap;
using Onboarding.Core.Resources;
using Onboarding.Protocol.Bundle;

namespace Onboarding.Core.Tests.Bootstrap;

public sealed class HostAliasesTests
{
    private static readonly ImmutableArray<ServiceSummary> Services =
    [
        new("bookinfo", "details", [9080], null),
        new("bookinfo", "reviews", [9080, 9443], null),
        new("bookinfo", "database", [5432], null),
        new("shop", "cart", [9080], null),
    ];

    [Theory]
    [InlineData("bookinfo/details.bookinfo.svc.cluster.local", "127.0.0.2 details.bookinfo.svc details.bookinfo.svc.cluster.local details.bookinfo details\n")]
    [InlineData("./details.bookinfo.svc.cluster.local", "127.0.0.2 details.bookinfo.svc details.bookinfo.svc.cluster.local details.bookinfo details\n")]
    [InlineData("shop/cart.shop.svc.cluster.local", "127.0.0.2 cart.shop.svc cart.shop.svc.cluster.local cart.shop\n")]
    [InlineData("shop/*", "127.0.0.2 cart.shop.svc cart.shop.svc.cluster.local cart.shop\n")]
    public void Lines_HostOfTheCluster_HasItsUsualNames(string host, string expected) => Lines(Aliases(new SidecarEgress("127.0.0.2", 9080, [host]))).ShouldBe(expected);

    [Fact]
    public void Lines_WholeNamespace_AreItsServicesWithTheListenersPort() =>
        Names(Aliases(new SidecarEgress("127.0.0.2", 9080, ["./*"]))).ShouldBe(["details", "reviews"]);

    [Fact]
    public void Lines_ListenerWithoutPort_HasEveryService() =>
        Names(Aliases(new SidecarEgress("127.0.0.2", null, ["bookinfo/*"]))).ShouldBe(["details", "reviews", "database"]);

    [Theory]
    [InlineData("")]
    [InlineData("0.0.0.0")]
    [InlineData("10.0.0.1")]
    [InlineData("::1")]
    [InlineData("unix:///tmp/x")]
    public void Lines_ListenerThatIsNotOnLoopback_HasNone(string bind)
    {
        var aliases = Aliases(new SidecarEgress(bind, 9080, ["./*"]));

        aliases.Lines.ShouldBeEmpty();
        aliases.Notes.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("*/*")]
    [InlineData("*/details.bookinfo.svc.cluster.local")]
    [InlineData("bookinfo/*.bookinfo.svc.cluster.local")]
    [InlineData("details.bookinfo.svc.cluster.local")]
    [InlineData("empty/*")]
    [InlineData("bookinfo/db.example.org")]
    [InlineData("bookinfo/details")]
    public void Notes_HostThatCannotBeAliased_IsNamed(string host)
    {
        var aliases = Aliases(new SidecarEgress("127.0.0.2", 9080, [host]));

        aliases.Lines.ShouldBeEmpty();
        aliases.Notes.ShouldHaveSingleItem().ShouldStartWith($"Egress host {host} has no alias: ");
    }

    [Fact]
    public void Lines_NoHostAtAll_IsNothing()
    {
        var aliases = Aliases(new SidecarEgress("127.0.0.2", 9080, ["~/*"]));

        aliases.Lines.ShouldBeEmpty();
        aliases.Notes.ShouldBeEmpty();
    }

    [Fact]
    public void Lines_ExternalHost_NeedsTheGroupsAnnotation()
    {
        var group = BundleFixture.Group("", annotations: (WellKnownMetadata.AliasExternalHostsAnnotation, "true"));

        Lines(Aliases(group, new SidecarEgress("127.0.0.3", 443, ["./db.example.org"]))).ShouldBe("127.0.0.3 db.example.org\n");
    }

    [Fact]
    public void Lines_NameClaimedByTwoListeners_StaysWithTheFirst()
    {
        var aliases = Aliases(
            new SidecarEgress("127.0.0.2", 9080, ["bookinfo/details.bookinfo.svc.cluster.local"]),
            new SidecarEgress("127.0.0.2", 9443, ["./*"]),
            new SidecarEgress("127.0.0.3", 9080, ["./*"]));

        Lines(aliases).ShouldBe(
            "127.0.0.2 details.bookinfo.svc details.bookinfo.svc.cluster.local details.bookinfo details\n"
            + "127.0.0.2 reviews.bookinfo.svc reviews.bookinfo.svc.cluster.local reviews.bookinfo reviews\n");
        aliases.Notes.Count.ShouldBe(8);
        aliases.Notes[0].ShouldBe("details.bookinfo.svc stays an alias of 127.0.0.2: a second egress listener claims it for 127.0.0.3.");
    }

    [Theory]
    [InlineData(1000, false)]
    [InlineData(1001, true)]
    public void Build_TooManyAliases_DeliversTheRestWithoutAny(int count, bool isTooMany)
    {
        var request = BundleFixture.Request.With(resources => resources with
        {
            Services = [.. Enumerable.Range(0, count).Select(index => new ServiceSummary("shop", $"s{index}", [80], null))],
            Sidecars = [BundleFixture.Sidecar("bookinfo", "s", null, new SidecarEgress("127.0.0.2", 80, ["shop/*"]))],
        });

        var result = BootBundleBuilder.Build(request);

        result.HasTooManyAliases.ShouldBe(isTooMany);
        result.Bundle!.Hosts.Count.ShouldBe(isTooMany ? 1 : 1 + count);
    }

    private static HostAliases Aliases(params SidecarEgress[] egress) => Aliases(BundleFixture.Group(""), egress);

    private static HostAliases Aliases(WorkloadGroup group, params SidecarEgress[] egress) =>
        new(group, BundleFixture.Sidecar("bookinfo", "s", null, egress), Services, "cluster.local");

    private static string Lines(HostAliases aliases) => BundleText.Hosts(aliases.Lines);

    private static IEnumerable<string> Names(HostAliases aliases) => aliases.Lines.Select(line => line.Names[^1]);
}
