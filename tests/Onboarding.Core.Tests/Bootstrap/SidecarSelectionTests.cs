using Onboarding.Core.Bootstrap;
using Onboarding.Core.Resources;

namespace Onboarding.Core.Tests.Bootstrap;

public sealed class SidecarSelectionTests
{
    private static readonly Sidecar OfRoot = BundleFixture.Sidecar("istio-config", "root", null);
    private static readonly Sidecar SelectsInRoot = BundleFixture.Sidecar("istio-config", "root-app", BundleFixture.Labels(("app", "ratings")));
    private static readonly Sidecar OfNamespace = BundleFixture.Sidecar("bookinfo", "all", null);
    private static readonly Sidecar SecondOfNamespace = BundleFixture.Sidecar("bookinfo", "all-2", null);
    private static readonly Sidecar Selects = BundleFixture.Sidecar("bookinfo", "ratings", BundleFixture.Labels(("app", "ratings")));
    private static readonly Sidecar SelectsToo = BundleFixture.Sidecar("bookinfo", "ratings-2", BundleFixture.Labels(("version", "v1")));
    private static readonly Sidecar SelectsOther = BundleFixture.Sidecar("bookinfo", "other", BundleFixture.Labels(("app", "ratings"), ("version", "v2")));
    private static readonly Sidecar SelectsElsewhere = BundleFixture.Sidecar("shop", "ratings", BundleFixture.Labels(("app", "ratings")));

    [Fact]
    public void Find_Selector_WinsInOrderOfCreation() =>
        Find(OfRoot, OfNamespace, SelectsOther, SelectsElsewhere, Selects, SelectsToo).ShouldBeSameAs(Selects);

    [Fact]
    public void Find_NoSelectorMatches_IsTheFirstOfTheNamespace() => Find(OfRoot, SelectsOther, OfNamespace, SecondOfNamespace).ShouldBeSameAs(OfNamespace);

    [Fact]
    public void Find_NoneInTheNamespace_IsTheRootNamespacesWithoutSelector() => Find(SelectsInRoot, OfRoot, SelectsElsewhere).ShouldBeSameAs(OfRoot);

    [Fact]
    public void Find_None_IsNull() => Find(SelectsInRoot, SelectsElsewhere).ShouldBeNull();

    [Fact]
    public void Build_SidecarWithIngress_IsNamed()
    {
        Applied(Selects).ShouldBe("bookinfo/ratings");
        Applied(Selects with { IngressPorts = [] }).ShouldBeNull();
        Applied(OfRoot).ShouldBe("istio-config/root");

        static string? Applied(Sidecar sidecar) =>
            BootBundleBuilder.Build(BundleFixture.Request.With(resources => resources with { Sidecars = [sidecar] })).Sidecar;
    }

    private static Sidecar? Find(params Sidecar[] sidecars) =>
        SidecarSelection.Find(sidecars, "bookinfo", BundleFixture.Labels(("app", "ratings"), ("version", "v1")), "istio-config");
}
