using Onboarding.Core.Bootstrap;

namespace Onboarding.Core.Tests.Bootstrap;

public sealed class MeshSettingsTests
{
    [Fact]
    public void Of_ConfigMaps_AreRead()
    {
        var settings = MeshSettings.Of(BundleFixture.Resources, null);

        settings.TrustDomain.ShouldBe("mesh.example.org");
        settings.RootNamespace.ShouldBe("istio-config");
        settings.ClusterId.ShouldBe("cluster-1");
        settings.TokenAudience.ShouldBe("custom-ca");
        settings.RootCertificates.ShouldBe("ROOT");
        settings.Notes.ShouldBeEmpty();
    }

    [Fact]
    public void Of_TrustBundleName_NamesTheRootCertificatesConfigMap()
    {
        var resources = BundleFixture.Resources with
        {
            MeshConfigMaps = BundleFixture.ConfigMaps(
                ("istio-sidecar-injector-rev-1", "values", """{"global":{"trustBundleName":"own-roots"}}"""),
                ("own-roots", "root-cert.pem", "OWN"),
                ("istio-ca-root-cert", "root-cert.pem", "ROOT")),
        };

        MeshSettings.Of(resources, "rev-1").RootCertificates.ShouldBe("OWN");
    }

    [Fact]
    public void Of_SameSnapshotAndRevision_IsReadOnce()
    {
        var settings = MeshSettings.Of(BundleFixture.Resources, "");

        MeshSettings.Of(BundleFixture.Resources, "default").ShouldBeSameAs(settings);
        MeshSettings.Of(BundleFixture.Resources, "rev-1").ShouldNotBeSameAs(settings);
        MeshSettings.Of(BundleFixture.Resources with { AsOf = DateTimeOffset.UnixEpoch }, "").ShouldNotBeSameAs(settings);
    }

    [Theory]
    [InlineData("""{"global":{"multiCluster":{"clusterName":""}}}""")]
    [InlineData("""{"global":{"multiCluster":{"clusterName":1}}}""")]
    [InlineData("""{"global":{"multiCluster":[]}}""")]
    [InlineData("""{"global":null}""")]
    [InlineData("[]")]
    [InlineData("{")]
    public void Of_ValuesWithoutAClusterName_AssumeKubernetes(string values)
    {
        var resources = BundleFixture.Resources with { MeshConfigMaps = BundleFixture.ConfigMaps(("istio-sidecar-injector", "values", values)) };

        MeshSettings.Of(resources, "default").ClusterId.ShouldBe("Kubernetes");
    }
}
