using System.Text.Json.Nodes;
using Onboarding.Protocol.Bundle;

namespace Onboarding.Protocol.Tests.Bundle;

/// <summary>Row 26 of the threats: a hostile group, Sidecar or mesh configuration, or a false endpoint.</summary>
public sealed class BundleFilterTests
{
    private static readonly BundleFilterContext Machine = new()
    {
        AllowedByOwner = ["OWN_SETTING", "EXEC_USER", "PATH", "LD_PRELOAD", "lower"],
        ForbiddenHostNames = ["vm007", "onboarding.example.org", "issuer.example.org"],
    };

    [Theory]
    [InlineData("EXEC_USER")]
    [InlineData("PATH")]
    [InlineData("IFS")]
    [InlineData("ENV")]
    [InlineData("BASH_ENV")]
    [InlineData("SHELLOPTS")]
    [InlineData("LD_PRELOAD")]
    [InlineData("LD_LIBRARY_PATH")]
    [InlineData("LD_")]
    [InlineData("ISTIO_BIN_BASE")]
    [InlineData("ISTIO_LOG_DIR")]
    [InlineData("ISTIO_AGENT_FLAGS")]
    [InlineData("ISTIO_CFG")]
    [InlineData("PROXY_CONFIG")]
    [InlineData("ISTIO_SIDECAR_CONFIG")]
    [InlineData("ISTIO_CLUSTER_CONFIG")]
    [InlineData("ISTIO_INBOUND_INTERCEPTION_MODE")]
    public void Apply_VariableThatRunsCodeAsRoot_IsDroppedEvenIfTheOwnerListsIt(string name)
    {
        var context = Machine with { AllowedByOwner = [name] };

        Filtered(name, "x", context).ShouldBe("may never be set");
    }

    [Theory]
    [InlineData("EXEC_USER")]
    [InlineData("POD_NAME")]
    [InlineData("ISTIO_CUSTOM_IP_TABLES")]
    [InlineData("LD_PRELOAD")]
    [InlineData("CA_ADDR")]
    [InlineData("ISTIOD_SAN")]
    [InlineData("ISTIO_SVC_IP")]
    [InlineData("ISTIO_META_AUTO_REGISTER_GROUP")]
    public void RefuseConfigured_VariableThatOnlyTheControlPlaneSets_IsRefusedFromAGroup(string name) =>
        BundleFilter.RefuseConfigured(name, "10.0.0.1").ShouldNotBeNull();

    [Theory]
    [InlineData("ISTIO_META_ANYTHING", "x")]
    [InlineData("SECRET_TTL", "12h")]
    [InlineData("A_SETTING_THE_OWNER_MAY_ALLOW", "x")]
    public void RefuseConfigured_HarmlessVariable_IsLetThrough(string name, string value) =>
        BundleFilter.RefuseConfigured(name, value).ShouldBeNull();

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("lower")]
    [InlineData("1A")]
    [InlineData("_A")]
    [InlineData("A-B")]
    [InlineData("A B")]
    [InlineData("A=B")]
    [InlineData("A;id")]
    [InlineData("A\nEXEC_USER")]
    [InlineData("A\n")]
    [InlineData("A$(id)")]
    [InlineData("Ä")]
    [InlineData("ISTIO_META_x")]
    public void Apply_NameThatIsNoVariable_IsDropped(string name) =>
        Filtered(name, "x", Machine).ShouldBe("is not a variable name of capital letters, digits and underscores");

    [Fact]
    public void Apply_NameThatIsNoVariable_CannotForgeALogLine()
    {
        var dropped = BundleFilter.Apply(Bundle(("A\nB" + new string('x', 100), "x")), Machine).Dropped;

        dropped.ShouldHaveSingleItem().Path.ShouldBe("environment.A?B" + new string('x', 61));
    }

    [Fact]
    public void Apply_VariableNobodyAllowed_IsDroppedOnTheMachine()
    {
        Filtered("NODE_OPTIONS", "--require /tmp/x", Machine).ShouldNotBeNull().ShouldContain("sidecar.istio.environment");
        Filtered("OWN_SETTING", "x", Machine).ShouldBeNull();
    }

    [Fact]
    public void Apply_VariableNobodyAllowed_IsTheAgentsToDecide() => Filtered("OWN_SETTING", "x", new BundleFilterContext()).ShouldBeNull();

    [Theory]
    [InlineData("a\nEXEC_USER=root")]
    [InlineData("a\r")]
    [InlineData("a\0")]
    [InlineData("\u001b[2J")]
    [InlineData("\t")]
    [InlineData("\u0085")]
    public void Apply_ValueWithControlCharacters_IsDropped(string value) =>
        Filtered("ISTIO_META_X", value, Machine).ShouldBe("has control characters");

    [Theory]
    [InlineData("\\")]
    [InlineData("w\\")]
    public void Apply_ValueWhoseBackslashWouldJoinTheNextLine_IsDropped(string value) =>
        Filtered("ISTIO_META_X", value, Machine).ShouldBe("has a backslash that a shell would interpret");

    [Theory]
    [InlineData("ISTIO_SVC_IP", "$(id)")]
    [InlineData("ISTIO_SVC_IP", "10.0.0.1;id")]
    [InlineData("ISTIO_SVC_IP", "1")]
    [InlineData("ISTIO_SVC_IP", "010.0.0.1")]
    [InlineData("ISTIO_SVC_IP", "0x7f.1")]
    [InlineData("ISTIO_SVC_IP", "fe80::1%$(id)")]
    [InlineData("ISTIO_SVC_IP", "[::1]")]
    [InlineData("ISTIO_SVC_IP", "")]
    [InlineData("ISTIO_NAMESPACE", "`id`")]
    [InlineData("ISTIO_NAMESPACE", "a.b")]
    [InlineData("ISTIO_NAMESPACE", "")]
    [InlineData("POD_NAMESPACE", "a b")]
    [InlineData("ISTIO_SERVICE", "$(id).a")]
    [InlineData("ISTIO_SERVICE", "a..b")]
    [InlineData("POD_NAME", "x; id")]
    [InlineData("POD_NAME", "$(touch /tmp/pwned)")]
    [InlineData("POD_NAME", "X")]
    [InlineData("ISTIO_CUSTOM_IP_TABLES", "false")]
    [InlineData("ISTIO_CUSTOM_IP_TABLES", "")]
    [InlineData("ISTIOD_SAN", "a b")]
    [InlineData("CA_ADDR", "istiod")]
    [InlineData("CA_ADDR", "istiod:0")]
    [InlineData("CA_ADDR", "$(id):15012")]
    [InlineData("CA_ADDR", "[10.0.0.1]:15012")]
    public void Apply_CommandSubstitutionInAValueThatTheStartScriptExpands_IsDropped(string name, string value) =>
        Filtered(name, value, Machine).ShouldNotBeNull();

    [Theory]
    [InlineData("ISTIO_SVC_IP", "10.0.0.1")]
    [InlineData("ISTIO_SVC_IP", "2001:DB8::1")]
    [InlineData("ISTIO_NAMESPACE", "bookinfo")]
    [InlineData("ISTIO_SERVICE", "ratings.bookinfo")]
    [InlineData("POD_NAME", "ratings-jwt-my-corp--vm007-datacenter1-us-east.internal.corp")]
    [InlineData("POD_NAME", "reviews-aws-aws-123456789012-us-east-2b-ecs-production-0123456789abcdef0123456789abcdef")]
    [InlineData("ISTIO_CUSTOM_IP_TABLES", "true")]
    [InlineData("CA_ADDR", "istiod.istio-system.svc:15012")]
    [InlineData("CA_ADDR", "[2001:db8::1]:15012")]
    [InlineData("ISTIOD_SAN", "istiod.istio-system.svc")]
    [InlineData("ISTIO_METAJSON_LABELS", "{\"a\":\"$(id)\"}")]
    [InlineData("TRUST_DOMAIN", "")]
    [InlineData("ISTIO_INBOUND_PORTS", "*")]
    [InlineData("MINIMUM_DRAIN_DURATION", "5s")]
    [InlineData("EXIT_ON_ZERO_ACTIVE_CONNECTIONS", "true")]
    [InlineData("TERMINATION_DRAIN_DURATION_SECONDS", "30")]
    public void Apply_WhatTheControlPlaneSets_IsLetThrough(string name, string value) => Filtered(name, value, Machine).ShouldBeNull();

    [Theory]
    [InlineData("ISTIO_METAJSON_OTHER")]
    [InlineData("ISTIO_METAX")]
    public void Apply_NameThatOnlyLooksLikeMetadata_IsDropped(string name) => Filtered(name, "x", Machine).ShouldNotBeNull();

    [Fact]
    public void Apply_AutoRegistrationFromAFalseEndpoint_IsDropped() => Filtered("ISTIO_META_AUTO_REGISTER_GROUP", "x", Machine).ShouldNotBeNull();

    [Theory]
    [InlineData("binaryPath")]
    [InlineData("configPath")]
    [InlineData("customConfigFile")]
    [InlineData("proxyBootstrapTemplatePath")]
    [InlineData("binary_path")]
    [InlineData("proxy_metadata")]
    [InlineData("readiness_probe")]
    [InlineData("discovery_address")]
    public void Apply_ProgramOrFileOfTheMachine_IsDroppedInEitherSpelling(string field)
    {
        var filtered = Config(new JsonObject { [field] = "/bin/sh", ["statusPort"] = 15020 });

        filtered.Bundle.ProxyConfig.ShouldHaveSingleItem().Key.ShouldBe("statusPort");
        filtered.Dropped.ShouldHaveSingleItem().Path.ShouldBe($"proxyConfig.{field}");
    }

    [Fact]
    public void Apply_HostileProxyMetadata_IsFilteredLikeTheEnvironment()
    {
        var filtered = Config(new JsonObject
        {
            ["proxyMetadata"] = new JsonObject { ["LD_PRELOAD"] = "/tmp/x.so", ["ISTIO_META_X"] = "x", ["ISTIO_META_Y"] = 1, ["NODE_OPTIONS"] = "x", ["ISTIO_META_Z"] = "a\nb" },
        });

        filtered.Bundle.ProxyConfig["proxyMetadata"]!.ToJsonString().ShouldBe("""{"ISTIO_META_X":"x"}""");
        filtered.Dropped.Select(part => part.Path).Order(StringComparer.Ordinal).ShouldBe([
            "proxyConfig.proxyMetadata.ISTIO_META_Y",
            "proxyConfig.proxyMetadata.ISTIO_META_Z",
            "proxyConfig.proxyMetadata.LD_PRELOAD",
            "proxyConfig.proxyMetadata.NODE_OPTIONS",
        ]);
    }

    [Fact]
    public void Apply_ProbeThatRunsACommand_IsDropped()
    {
        var filtered = Config(new JsonObject
        {
            ["readinessProbe"] = new JsonObject { ["periodSeconds"] = 5, ["exec"] = new JsonObject { ["command"] = new JsonArray("sh", "-c", "id") } },
        });

        filtered.Bundle.ProxyConfig.ToJsonString().ShouldBe("""{"readinessProbe":{"periodSeconds":5}}""");
        filtered.Dropped.ShouldHaveSingleItem().Path.ShouldBe("proxyConfig.readinessProbe.exec");
    }

    [Theory]
    [InlineData("evil.example.org:15012")]
    [InlineData("istiod.evil.example.org:15012")]
    [InlineData("istiod.istio-system.svc.:15012")]
    [InlineData("istiod.istio-system.svc")]
    [InlineData("evil-istiod.istio-system.svc:15012")]
    [InlineData("10.0.0.1:15012")]
    [InlineData("unix:///tmp/socket")]
    [InlineData("")]
    public void Apply_DiscoveryAddressThatIsNotIstiods_IsDropped(string address)
    {
        Config(new JsonObject { ["discoveryAddress"] = address }).Bundle.ProxyConfig.ShouldBeEmpty();
        Config(new JsonObject { ["discoveryAddress"] = address }, ("ISTIOD_SAN", "istiod.istio-system.svc"), ("CA_ADDR", "gw.example.org:15012"))
            .Bundle.ProxyConfig.ShouldBeEmpty();
        Config(new JsonObject { ["discoveryAddress"] = address }, ("ISTIOD_SAN", "evil.example.org"), ("CA_ADDR", address)).Bundle.ProxyConfig.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("istiod.istio-system.svc:15012")]
    [InlineData("istiod-rev-1.mesh.svc:443")]
    [InlineData("istiod.istio-system.svc.cluster.local:15012")]
    public void Apply_DiscoveryAddressOfIstiod_IsLetThrough(string address) =>
        Config(new JsonObject { ["discoveryAddress"] = address }).Dropped.ShouldBeEmpty();

    [Fact]
    public void Apply_DiscoveryAddressOfTheGateway_NeedsTheNameToVerify() =>
        Config(new JsonObject { ["discoveryAddress"] = "gw.example.org:15012" }, ("ISTIOD_SAN", "istiod.istio-system.svc"), ("CA_ADDR", "gw.example.org:15012"))
            .Dropped.ShouldBeEmpty();

    [Theory]
    [InlineData("127.0.0.2", "localhost")]
    [InlineData("127.0.0.2", "LOCALHOST")]
    [InlineData("127.0.0.2", "localhost.localdomain")]
    [InlineData("127.0.0.2", "a.localhost")]
    [InlineData("127.0.0.2", "ip6-localhost")]
    [InlineData("127.0.0.2", "metadata.google.internal")]
    [InlineData("127.0.0.2", "metadata")]
    [InlineData("127.0.0.2", "instance-data")]
    [InlineData("127.0.0.2", "instance-data.ec2.internal")]
    [InlineData("127.0.0.2", "sts.amazonaws.com")]
    [InlineData("127.0.0.2", "sts.eu-west-1.amazonaws.com")]
    [InlineData("127.0.0.2", "sts-fips.us-east-1.amazonaws.com")]
    [InlineData("127.0.0.2", "sts.cn-north-1.amazonaws.com.cn")]
    [InlineData("127.0.0.2", "vm007")]
    [InlineData("127.0.0.2", "onboarding.example.org")]
    [InlineData("127.0.0.2", "issuer.example.org")]
    [InlineData("127.0.0.2", "169.254.169.254")]
    [InlineData("127.0.0.2", "a b")]
    [InlineData("127.0.0.2", "a\n10.0.0.1 b")]
    [InlineData("127.0.0.2", "a#b")]
    [InlineData("127.0.0.2", "a.")]
    [InlineData("127.0.0.2", "")]
    [InlineData("10.0.0.1", "details.bookinfo.svc")]
    [InlineData("10.0.0.1", "example.org")]
    [InlineData("10.0.0.1", "istiod.example.org")]
    [InlineData("::1", "istiod.istio-system.svc")]
    [InlineData("0.0.0.0", "istiod.istio-system.svc")]
    [InlineData("169.254.169.254", "istiod.istio-system.svc")]
    [InlineData("224.0.0.1", "istiod.istio-system.svc")]
    [InlineData("255.255.255.255", "istiod.istio-system.svc")]
    [InlineData("fe80::1", "istiod.istio-system.svc")]
    [InlineData("::ffff:127.0.0.1", "istiod.istio-system.svc")]
    [InlineData("10.0.0.1 a", "istiod.istio-system.svc")]
    [InlineData("127.1", "a")]
    [InlineData("", "a")]
    public void Apply_HostsLineThatTakesOverAName_IsDropped(string address, string name)
    {
        var filtered = Hosts(new HostsEntry(address, [name]));

        filtered.Bundle.Hosts.ShouldBeEmpty();
        filtered.Dropped.ShouldHaveSingleItem();
    }

    [Fact]
    public void Apply_HostsLines_KeepTheGatewayAndAliases()
    {
        HostsEntry[] entries =
        [
            new("10.0.0.1", ["istiod.istio-system.svc", "istiod-rev-1.istio-system.svc"]),
            new("127.0.0.2", ["details.bookinfo.svc", "details"]),
            new("127.1.2.3", ["db.example.org", "sts.bookinfo.svc"]),
        ];

        var filtered = Hosts(entries);

        filtered.Dropped.ShouldBeEmpty();
        BundleText.Hosts(filtered.Bundle.Hosts).ShouldBe(BundleText.Hosts(entries));
    }

    [Fact]
    public void Apply_AliasForIstiod_CannotTakeItFromTheGateway()
    {
        var filtered = Hosts(new HostsEntry("10.0.0.1", ["istiod.istio-system.svc"]), new HostsEntry("127.0.0.2", ["istiod.istio-system.svc", "a"]));

        filtered.Bundle.Hosts[1].Names.ShouldBe(["a"]);
    }

    [Fact]
    public void Apply_AliasForTheGatewaysName_IsDropped()
    {
        var bundle = Bundle(("ISTIOD_SAN", "istiod.istio-system.svc"), ("CA_ADDR", "gw.example.org:15012")) with { Hosts = [new HostsEntry("127.0.0.2", ["gw.example.org"])] };

        BundleFilter.Apply(bundle, Machine).Bundle.Hosts.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(1000, 1001)]
    [InlineData(1001, 1)]
    public void Apply_MoreThanAThousandAliases_LeaveOnlyTheGateway(int aliases, int kept)
    {
        HostsEntry[] entries = [new("10.0.0.1", ["istiod.istio-system.svc"]), .. Enumerable.Range(0, aliases).Select(index => new HostsEntry("127.0.0.2", [$"a{index}"]))];

        Hosts(entries).Bundle.Hosts.Count.ShouldBe(kept);
    }

    [Fact]
    public void Apply_WhatWasFiltered_IsLetThroughUnchanged()
    {
        var once = BundleFilter.Apply(
            Bundle(("ISTIO_META_X", "x"), ("EXEC_USER", "root")) with
            {
                ProxyConfig = new JsonObject { ["discoveryAddress"] = "istiod.istio-system.svc:15012", ["concurrency"] = 0, ["proxyMetadata"] = new JsonObject { ["PATH"] = "x" } },
                RootCertificates = "PEM",
            },
            Machine);
        var twice = BundleFilter.Apply(once.Bundle, Machine);

        once.Dropped.Count.ShouldBe(2);
        twice.Dropped.ShouldBeEmpty();
        twice.Bundle.RootCertificates.ShouldBe("PEM");
        twice.Bundle.Revision.ShouldBe("r");
        twice.Bundle.ProxyConfig.ToJsonString().ShouldBe("""{"discoveryAddress":"istiod.istio-system.svc:15012","concurrency":0,"proxyMetadata":{}}""");
    }

    private static string? Filtered(string name, string value, BundleFilterContext context)
    {
        var filtered = BundleFilter.Apply(Bundle((name, value)), context);
        filtered.Bundle.Environment.ContainsKey(name).ShouldBe(filtered.Dropped.Count == 0);
        return filtered.Dropped.SingleOrDefault()?.Reason;
    }

    private static FilteredBundle Config(JsonObject config, params (string, string)[] environment) =>
        BundleFilter.Apply(Bundle(environment) with { ProxyConfig = config }, Machine);

    private static FilteredBundle Hosts(params HostsEntry[] entries) => BundleFilter.Apply(Bundle() with { Hosts = entries }, Machine);

    private static BootBundle Bundle(params (string Name, string Value)[] environment) =>
        new("r", environment.ToDictionary(variable => variable.Name, variable => variable.Value, StringComparer.Ordinal), [], []);
}
