using System.Text.Json;
using Onboarding.Core.Bootstrap;
using Onboarding.Core.Configuration;
using Onboarding.Protocol;
using Onboarding.Protocol.Bundle;

namespace Onboarding.Core.Tests.Bootstrap;

public sealed class BootBundleBuilderTests
{
    private static readonly BootBundleRequest Request = BundleFixture.Request;

    [Fact]
    public void Build_Workload_HasEverythingThatOnboardingAdds()
    {
        var result = BootBundleBuilder.Build(Request);

        result.Dropped.ShouldBeEmpty();
        result.Notes.ShouldBeEmpty();
        var bundle = result.Bundle.ShouldNotBeNull();
        BundleText.ClusterEnvironment(bundle.Environment).ShouldBe(
            """
            CANONICAL_REVISION='v1'
            CANONICAL_SERVICE='ratings'
            ISTIO_CUSTOM_IP_TABLES='true'
            ISTIO_INBOUND_PORTS='9080'
            ISTIO_LOCAL_EXCLUDE_PORTS='22,15090,15021,15020'
            ISTIO_METAJSON_LABELS='{"app":"ratings","service.istio.io/canonical-name":"ratings","service.istio.io/canonical-revision":"v1"}'
            ISTIO_META_CLUSTER_ID='cluster-1'
            ISTIO_META_DNS_CAPTURE='false'
            ISTIO_META_INTERCEPTION_MODE='NONE'
            ISTIO_META_MESH_ID='mesh1'
            ISTIO_META_NETWORK='vm-network'
            ISTIO_META_POD_PORTS='[{"name":"http","containerPort":9080,"protocol":""}]'
            ISTIO_META_WORKLOAD_ENTRY='ratings-jwt-my-corp--vm007'
            ISTIO_META_WORKLOAD_NAME='ratings'
            ISTIO_NAMESPACE='bookinfo'
            ISTIO_SERVICE='ratings.bookinfo'
            ISTIO_SERVICE_CIDR='*'
            ISTIO_SVC_IP='192.0.2.10'
            POD_NAME='ratings-jwt-my-corp--vm007'
            POD_NAMESPACE='bookinfo'
            REWRITE_PROBE_LEGACY_LOCALHOST_DESTINATION='true'
            SERVICE_ACCOUNT='bookinfo-ratings'
            TRUST_DOMAIN='mesh.example.org'

            """);
        BundleText.MeshConfiguration(bundle.ProxyConfig).ShouldBe(
            """
            defaultConfig:
              discoveryAddress: istiod.istio-system.svc:15012
              meshId: mesh1
              proxyMetadata:
                CANONICAL_REVISION: v1
                CANONICAL_SERVICE: ratings
                ISTIO_META_CLUSTER_ID: cluster-1
                ISTIO_META_DNS_CAPTURE: "false"
                ISTIO_META_INTERCEPTION_MODE: NONE
                ISTIO_META_MESH_ID: mesh1
                ISTIO_META_NETWORK: vm-network
                ISTIO_META_POD_PORTS: '[{"name":"http","containerPort":9080,"protocol":""}]'
                ISTIO_META_WORKLOAD_ENTRY: ratings-jwt-my-corp--vm007
                ISTIO_META_WORKLOAD_NAME: ratings
                ISTIO_METAJSON_LABELS: '{"app":"ratings","service.istio.io/canonical-name":"ratings","service.istio.io/canonical-revision":"v1"}'
                POD_NAMESPACE: bookinfo
                SERVICE_ACCOUNT: bookinfo-ratings
                TRUST_DOMAIN: mesh.example.org

            """);
        BundleText.Hosts(bundle.Hosts).ShouldBe("198.51.100.1 istiod.istio-system.svc\n");
        bundle.RootCertificates.ShouldBe("ROOT");
    }

    [Fact]
    public void Build_OverTheWire_ComesOutEqual()
    {
        var bundle = BootBundleBuilder.Build(Request).Bundle!;

        var json = JsonSerializer.Serialize(bundle, ProtocolJson.Default.BootBundle);
        var read = JsonSerializer.Deserialize(json, ProtocolJson.Default.BootBundle)!;

        BundleFilter.Apply(read, new BundleFilterContext { AllowedByOwner = [] }).Dropped.ShouldBeEmpty();
        BundleRevision.NeedsRestart(BundleRevision.Of(read, Request.EntryUid, ""), bundle.Revision).ShouldBeFalse();
    }

    [Fact]
    public void Build_OnlyAnInternetAddressKnown_BindsNone() =>
        Environment(Request with { VpcAddress = null }).ContainsKey("ISTIO_SVC_IP").ShouldBeFalse();

    [Fact]
    public void Build_Ipv6Workload_BindsItsAddress() =>
        Environment(Request with { VpcAddress = "2001:db8::10" })["ISTIO_SVC_IP"].ShouldBe("2001:db8::10");

    [Fact]
    public void Build_Revision_IsInEveryNameOfIstiod()
    {
        var request = Request with { Revision = "rev-1" };
        request = request.With(resources => resources with
        {
            MeshConfigMaps = BundleFixture.ConfigMaps(("istio-rev-1", "mesh", "{}"), ("istio-sidecar-injector-rev-1", "values", BundleFixture.Values), ("istio-ca-root-cert", "root-cert.pem", "ROOT")),
        });

        var bundle = BootBundleBuilder.Build(request).Bundle!;

        bundle.Environment["CA_ADDR"].ShouldBe("istiod-rev-1.istio-system.svc:15012");
        bundle.ProxyConfig["discoveryAddress"]!.GetValue<string>().ShouldBe("istiod-rev-1.istio-system.svc:15012");
        BundleText.Hosts(bundle.Hosts).ShouldBe("198.51.100.1 istiod-rev-1.istio-system.svc\n");
    }

    [Fact]
    public void Build_RevisionWhoseMeshDialsAnotherName_LeadsBothToTheGateway()
    {
        var request = Request with { Revision = "rev-1" };
        request = request.With(resources => resources with { MeshConfigMaps = BundleFixture.ConfigMaps(("istio-rev-1", "mesh", BundleFixture.MeshYaml)) });

        BundleText.Hosts(BootBundleBuilder.Build(request).Bundle!.Hosts).ShouldBe("198.51.100.1 istiod-rev-1.istio-system.svc istiod.istio-system.svc\n");
    }

    [Fact]
    public void Build_GatewayKnownByName_IsDialledAndStillVerifiedAsIstiod()
    {
        var bundle = BootBundleBuilder.Build(Request.With(resources => resources with { GatewayAddress = "a1b2.elb.eu-west-1.amazonaws.com" })).Bundle!;

        bundle.Hosts.ShouldBeEmpty();
        bundle.ProxyConfig["discoveryAddress"]!.GetValue<string>().ShouldBe("a1b2.elb.eu-west-1.amazonaws.com:15012");
        bundle.Environment["CA_ADDR"].ShouldBe("a1b2.elb.eu-west-1.amazonaws.com:15012");
        bundle.Environment["ISTIOD_SAN"].ShouldBe("istiod.istio-system.svc");
    }

    [Theory]
    [InlineData("gw.example.org", 443, "gw.example.org:443", true)]
    [InlineData("GW.example.org", null, "gw.example.org:15012", true)]
    [InlineData("203.0.113.1", 443, "istiod.istio-system.svc:443", false)]
    [InlineData("203.0.113.1", null, "istiod.istio-system.svc:15012", false)]
    public void Build_CustomGateway_TakesTheVmgatewaysPlace(string host, int? port, string dialled, bool isName)
    {
        var bundle = BootBundleBuilder.Build(Request with { Options = Request.Options with { CustomGateway = new GatewayOptions(host, port) } }).Bundle!;

        bundle.ProxyConfig["discoveryAddress"]!.GetValue<string>().ShouldBe(dialled);
        bundle.Environment.GetValueOrDefault("CA_ADDR").ShouldBe(isName || port is not null ? dialled : null);
        bundle.Environment.ContainsKey("ISTIOD_SAN").ShouldBe(isName);
        BundleText.Hosts(bundle.Hosts).ShouldBe(isName ? "" : "203.0.113.1 istiod.istio-system.svc\n");
    }

    [Fact]
    public void Build_NoGatewayKnown_GivesNoBundleToAGroupWithANetwork()
    {
        var result = BootBundleBuilder.Build(Request.With(resources => resources with { GatewayAddress = null }));

        result.IsReady.ShouldBeFalse();
        result.Notes.ShouldHaveSingleItem().ShouldContain("customGateway");
    }

    [Fact]
    public void Build_NoGatewayKnown_IsNeededOnlyWhereThereIsANetwork()
    {
        var request = Request with { Group = BundleFixture.Group("", network: "") };

        BootBundleBuilder.Build(request.With(resources => resources with { GatewayAddress = null })).Bundle!.Hosts.ShouldBeEmpty();
    }

    [Fact]
    public void Build_NoConfigMaps_AssumesIstiosDefaultsAndSaysSo()
    {
        var result = BootBundleBuilder.Build(Request.With(resources => resources with { MeshConfigMaps = BundleFixture.ConfigMaps() }));

        var bundle = result.Bundle!;
        bundle.ProxyConfig["discoveryAddress"]!.GetValue<string>().ShouldBe("istiod.istio-system.svc:15012");
        bundle.Environment["TRUST_DOMAIN"].ShouldBe("cluster.local");
        bundle.Environment["ISTIO_META_MESH_ID"].ShouldBe("cluster.local");
        bundle.Environment["ISTIO_META_CLUSTER_ID"].ShouldBe("Kubernetes");
        bundle.RootCertificates.ShouldBeNull();
        result.Notes.Select(note => note.Split(' ')[1]).ShouldBe(["istio", "istio-sidecar-injector", "istio-ca-root-cert"]);
    }

    [Fact]
    public void Build_MeshConfigurationThatCannotBeRead_IsNamed()
    {
        var result = BootBundleBuilder.Build(Request.With(resources => resources with
        {
            MeshConfigMaps = resources.MeshConfigMaps.SetItem("istio", BundleFixture.Labels(("mesh", "defaultConfig: {concurrency: many}"))),
        }));

        result.Notes.ShouldBe(["mesh configuration: defaultConfig.concurrency: must be a whole number"]);
    }

    [Fact]
    public void Build_ProbeOfTheGroup_IsDelivered()
    {
        var bundle = BootBundleBuilder.Build(Request with { Group = BundleFixture.Group("", """{"httpGet":{"port":9080,"path":"/health"}}""") }).Bundle!;

        bundle.ProxyConfig["readinessProbe"]!.ToJsonString().ShouldBe("""{"httpGet":{"path":"/health","port":9080}}""");
    }

    [Fact]
    public void Build_EqualRequests_GiveEqualRevisions() =>
        BootBundleBuilder.Build(Request).Bundle!.Revision.ShouldBe(BootBundleBuilder.Build(Request with { Group = BundleFixture.Group("") }).Bundle!.Revision);

    [Fact]
    public void Build_EntryMadeAnew_NeedsARestart() =>
        BundleRevision.NeedsRestart(BootBundleBuilder.Build(Request).Bundle!.Revision, BootBundleBuilder.Build(Request with { EntryUid = "0002" }).Bundle!.Revision)
            .ShouldBeTrue();

    private static IReadOnlyDictionary<string, string> Environment(BootBundleRequest request) => BootBundleBuilder.Build(request).Bundle!.Environment;
}
