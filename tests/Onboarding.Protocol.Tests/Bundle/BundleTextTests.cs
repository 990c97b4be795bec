using System.Text.Json.Nodes;
using Onboarding.Protocol.Bundle;

namespace Onboarding.Protocol.Tests.Bundle;

public sealed class BundleTextTests
{
    [Theory]
    [InlineData("", "''")]
    [InlineData("latest", "'latest'")]
    [InlineData("8080", "'8080'")]
    [InlineData("*", "'*'")]
    [InlineData("a b", "'a b'")]
    [InlineData("it's", "'it'\"'\"'s'")]
    [InlineData("$(id)", "'$(id)'")]
    [InlineData("`id`", "'`id`'")]
    [InlineData("a\nb", "'a\nb'")]
    [InlineData("w", "w")]
    [InlineData("www.w", "www.w")]
    [InlineData("\\", "\\")]
    [InlineData("@%+=:,./-", "@%+=:,./-")]
    [InlineData("/", "/")]
    [InlineData("w_", "'w_'")]
    [InlineData("W", "'W'")]
    public void ClusterEnvironment_Value_IsQuotedAsIstioctlDoes(string value, string expected) =>
        Environment(("A", value)).ShouldBe($"A={expected}\n");

    [Fact]
    public void ClusterEnvironment_Lines_AreInByteOrderOfWholeLines()
    {
        var text = Environment(("B", "1"), ("A_B", "1"), ("A", "1"), ("AB", "1"), ("a", "1"), ("A1", "1"), ("é", "1"), ("\U0001f600", "1"), ("\uff5e", "1"));

        text.ShouldBe("A1='1'\nA='1'\nAB='1'\nA_B='1'\nB='1'\na='1'\né='1'\n\uff5e='1'\n\U0001f600='1'\n");
    }

    [Fact]
    public void ClusterEnvironment_Nothing_IsEmpty() => Environment().ShouldBe("");

    [Fact]
    public void MeshConfiguration_ProxyConfig_IsTheDefaultConfig() =>
        BundleText.MeshConfiguration(new JsonObject { ["statusPort"] = 15020, ["proxyMetadata"] = new JsonObject { ["A"] = "true" } })
            .ShouldBe("defaultConfig:\n  proxyMetadata:\n    A: \"true\"\n  statusPort: 15020\n");

    [Fact]
    public void MeshConfiguration_Nothing_IsAnEmptyMapping() => BundleText.MeshConfiguration([]).ShouldBe("defaultConfig: {}\n");

    [Fact]
    public void Hosts_Entries_AreALineEach() =>
        BundleText.Hosts([new HostsEntry("10.0.0.1", ["istiod.istio-system.svc"]), new HostsEntry("127.0.0.2", ["a", "b"])])
            .ShouldBe("10.0.0.1 istiod.istio-system.svc\n127.0.0.2 a b\n");

    [Fact]
    public void Hosts_None_IsEmpty() => BundleText.Hosts([]).ShouldBe("");

    private static string Environment(params (string Key, string Value)[] variables) =>
        BundleText.ClusterEnvironment(variables.ToDictionary(variable => variable.Key, variable => variable.Value, StringComparer.Ordinal));
}
