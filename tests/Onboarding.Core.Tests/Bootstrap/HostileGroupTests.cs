using Onboarding.Core.Bootstrap;
using Onboarding.Core.Configuration;
using Onboarding.Core.Resources;

namespace Onboarding.Core.Tests.Bootstrap;

/// <summary>Row 26 of the threats, for those who may edit a group, a Sidecar or the mesh's configuration.</summary>
public sealed class HostileGroupTests
{
    private static readonly BootBundleRequest Request = BundleFixture.Request;

    [Theory]
    [InlineData("EXEC_USER", "root")]
    [InlineData("LD_PRELOAD", "/tmp/x.so")]
    [InlineData("BASH_ENV", "/tmp/x")]
    [InlineData("ISTIO_AGENT_FLAGS", "--x")]
    [InlineData("CA_ADDR", "evil.example.org:15012")]
    [InlineData("ISTIOD_SAN", "evil.example.org")]
    [InlineData("ISTIO_META_AUTO_REGISTER_GROUP", "ratings")]
    [InlineData("ISTIO_META_X", "a\\nEXEC_USER=root")]
    [InlineData("A'; id #", "x")]
    public void Build_ExecutingVariableInProxyMetadata_IsNotDelivered(string name, string value)
    {
        var result = BootBundleBuilder.Build(Request with { Group = BundleFixture.Group($"proxyMetadata:\n  \"{name}\": \"{value}\"") });

        result.Dropped.ShouldHaveSingleItem().Path.ShouldStartWith("proxyConfig.proxyMetadata.");
        result.Bundle!.Environment.ContainsKey(name).ShouldBeFalse();
        result.Bundle.ProxyConfig["proxyMetadata"]!.AsObject().ShouldNotContain(variable => variable.Key == name);
    }

    [Theory]
    [InlineData("POD_NAME", "$(id)", "ratings-jwt-my-corp--vm007")]
    [InlineData("ISTIO_CUSTOM_IP_TABLES", "false", "true")]
    public void Build_PodNameWithCommandSubstitution_IsReplacedByOurOwn(string name, string value, string expected)
    {
        var result = BootBundleBuilder.Build(Request with { Group = BundleFixture.Group($"proxyMetadata:\n  {name}: \"{value}\"") });

        result.Bundle!.Environment[name].ShouldBe(expected);
        result.Dropped.ShouldHaveSingleItem().Path.ShouldBe($"proxyConfig.proxyMetadata.{name}");
    }

    [Theory]
    [InlineData("ISTIO_META_WORKLOAD_ENTRY", "another")]
    [InlineData("ISTIO_META_INTERCEPTION_MODE", "REDIRECT")]
    [InlineData("ISTIO_META_DNS_CAPTURE", "true")]
    [InlineData("ISTIO_METAJSON_LABELS", "{\\\"app\\\":\\\"victim\\\"}")]
    [InlineData("ISTIO_SVC_IP", "192.0.2.66")]
    [InlineData("ISTIO_NAMESPACE", "victim")]
    [InlineData("POD_NAMESPACE", "victim")]
    [InlineData("SERVICE_ACCOUNT", "victim")]
    [InlineData("TRUST_DOMAIN", "victim")]
    public void Build_AnotherWorkloadsPlaceInProxyMetadata_IsOverriddenByOurOwn(string name, string value)
    {
        var expected = BootBundleBuilder.Build(Request).Bundle!;

        var bundle = BootBundleBuilder.Build(Request with { Group = BundleFixture.Group($"proxyMetadata:\n  {name}: \"{value}\"") }).Bundle!;

        bundle.Environment[name].ShouldBe(expected.Environment[name]);
        bundle.ProxyConfig["proxyMetadata"]!.ToJsonString().ShouldBe(expected.ProxyConfig["proxyMetadata"]!.ToJsonString());
    }

    [Fact]
    public void Build_HostileProxyMetadataOfTheMesh_IsFilteredToo()
    {
        var result = BootBundleBuilder.Build(Request.With(resources => resources with
        {
            MeshConfigMaps = resources.MeshConfigMaps.SetItem("istio", BundleFixture.Labels(("mesh", "defaultConfig: {binaryPath: /bin/sh, proxyMetadata: {EXEC_USER: root}}"))),
        }));

        result.Dropped.Select(part => part.Path).ShouldBe(["proxyConfig.proxyMetadata.EXEC_USER", "proxyConfig.binaryPath"]);
    }

    [Theory]
    [InlineData("binaryPath: /bin/sh", "binaryPath")]
    [InlineData("binary_path: /bin/sh", "binaryPath")]
    [InlineData("configPath: /etc", "configPath")]
    [InlineData("customConfigFile: /etc/shadow", "customConfigFile")]
    [InlineData("proxyBootstrapTemplatePath: /tmp/x", "proxyBootstrapTemplatePath")]
    public void Build_ProgramInProxyConfig_IsNotDelivered(string annotation, string field)
    {
        var result = BootBundleBuilder.Build(Request with { Group = BundleFixture.Group(annotation) });

        result.Dropped.ShouldHaveSingleItem().Path.ShouldBe($"proxyConfig.{field}");
        result.Bundle!.ProxyConfig.ContainsKey(field).ShouldBeFalse();
    }

    [Fact]
    public void Build_DiscoveryAddressOfTheAttackers_IsReplacedByIstiods()
    {
        var result = BootBundleBuilder.Build(Request with { Group = BundleFixture.Group("discoveryAddress: evil.example.org:15012") });

        result.Bundle!.ProxyConfig["discoveryAddress"]!.GetValue<string>().ShouldBe("istiod.istio-system.svc:15012");
        result.Dropped.ShouldHaveSingleItem().Path.ShouldBe("proxyConfig.discoveryAddress");
        result.Bundle.Hosts.ShouldHaveSingleItem().Names.ShouldBe(["istiod.istio-system.svc"]);
    }

    [Fact]
    public void Build_ProbeThatRunsACommand_IsNotDelivered()
    {
        var result = BootBundleBuilder.Build(Request with { Group = BundleFixture.Group("", """{"exec":{"command":["sh","-c","id"]}}""") });

        result.Dropped.ShouldHaveSingleItem().Path.ShouldBe("proxyConfig.readinessProbe.exec");
    }

    [Fact]
    public void Build_AnnotationOfAnotherType_IsLeftOutAndNamed()
    {
        var result = BootBundleBuilder.Build(Request with { Group = BundleFixture.Group("proxyMetadata: {A: true}\nconcurrency: 3") });

        result.Dropped.ShouldHaveSingleItem().Reason.ShouldBe("metadata.annotations[proxy.istio.io/config].proxyMetadata.A: must be a string; put it in quotes");
        result.Bundle!.ProxyConfig["concurrency"]!.GetValue<long>().ShouldBe(3);
    }

    [Theory]
    [InlineData("*/localhost")]
    [InlineData("bookinfo/localhost")]
    [InlineData("bookinfo/metadata.google.internal")]
    [InlineData("bookinfo/sts.eu-west-1.amazonaws.com")]
    [InlineData("bookinfo/onboarding.example.org")]
    [InlineData("bookinfo/issuer.example.org")]
    [InlineData("bookinfo/jwks.example.org")]
    public void Build_SidecarThatTakesOverAHost_HasNoAlias(string host)
    {
        var issuer = new JwtIssuerOptions { Issuer = "https://issuer.example.org/a", ShortName = "a", JwksUri = new Uri("https://jwks.example.org/keys") };
        var request = Request with
        {
            Group = BundleFixture.Group("", annotations: (WellKnownMetadata.AliasExternalHostsAnnotation, "true")),
            Options = Request.Options with { Workloads = new WorkloadsOptions { JwtIssuers = [issuer] } },
        };
        request = request.With(resources => resources with { Sidecars = [BundleFixture.Sidecar("bookinfo", "hostile", null, new SidecarEgress("127.0.0.2", 443, [host]))] });

        var result = BootBundleBuilder.Build(request);

        var names = result.Bundle!.Hosts.Where(line => line.Address == "127.0.0.2").SelectMany(line => line.Names).ToHashSet(StringComparer.Ordinal);
        names.Contains(host[(host.IndexOf('/', StringComparison.Ordinal) + 1)..]).ShouldBeFalse();
        (result.Dropped.Length + result.Notes.Length).ShouldBePositive();
    }

    [Fact]
    public void Build_AliasForIstiod_LeavesTheNameThatIsDialledToTheGateway()
    {
        var request = Request.With(resources => resources with
        {
            Sidecars = [BundleFixture.Sidecar("bookinfo", "hostile", null, new SidecarEgress("127.0.0.2", 15012, ["istio-system/istiod.istio-system.svc.cluster.local"]))],
        });

        var hosts = BootBundleBuilder.Build(request).Bundle!.Hosts;

        hosts.Single(line => line.Names.Contains("istiod.istio-system.svc", StringComparer.Ordinal)).Address.ShouldBe("198.51.100.1");
    }

    [Fact]
    public void Build_AliasForTheGatewaysName_IsNotDelivered()
    {
        var request = Request with { Group = BundleFixture.Group("", annotations: (WellKnownMetadata.AliasExternalHostsAnnotation, "true")) };
        request = request.With(resources => resources with
        {
            GatewayAddress = "gw.example.org",
            Sidecars = [BundleFixture.Sidecar("bookinfo", "hostile", null, new SidecarEgress("127.0.0.2", 443, ["bookinfo/gw.example.org"]))],
        });

        BootBundleBuilder.Build(request).Bundle!.Hosts.ShouldBeEmpty();
    }
}
