using Onboarding.Core.Bootstrap;
using Onboarding.TestKit.Data;

namespace Onboarding.Core.Tests.Bootstrap;

public sealed class BootstrapRendererTests
{
    public static TheoryData<string, string> Goldens
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var name in RenderCase.Names)
            {
                data.Add(name, "cluster.env");
                data.Add(name, "mesh.yaml");
                data.Add(name, "hosts");
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Goldens))]
    public void Render_GoldenCase_IsReproducedByteForByte(string name, string file)
    {
        var rendered = RenderCase.Render(name);

        rendered.Problems.ShouldBeEmpty();
        RenderCase.Text(rendered, file).ShouldBe(File.ReadAllText(Path.Combine(RenderCase.Folder, name, file)));
    }

    [SharedDataFact("data/istio/istioctl-ipv4.workloadgroup.yaml")]
    public void Render_IstiosOwnCase_IsReproducedByteForByte()
    {
        var rendered = BootstrapRenderer.Render(new RenderRequest
        {
            Group = RenderCase.Group(Shared("workloadgroup.yaml")),
            Mesh = MeshConfiguration.Parse(Shared("meshconfig.yaml"), "meshconfig.yaml"),
            ClusterId = "Kubernetes",
            InternalIp = "10.10.10.10",
            IngressIp = "10.10.10.11",
            Revision = "rev-1",
        });

        rendered.Problems.ShouldBeEmpty();
        foreach (var file in new[] { "cluster.env", "mesh.yaml", "hosts" })
        {
            RenderCase.Text(rendered, file).ShouldBe(Shared(file), file);
        }

        static string Shared(string name) => File.ReadAllText(SharedData.PathOf($"data/istio/istioctl-ipv4.{name}"));
    }

    [Theory]
    [InlineData("proxyMetadata: {A: true}", "defaultConfig.proxyMetadata.A: must be a string; put it in quotes")]
    [InlineData("proxyMetadata: {A: 1}", "defaultConfig.proxyMetadata.A: must be a string; put it in quotes")]
    [InlineData("proxyMetadata: {A: null}", "defaultConfig.proxyMetadata.A: must not be null")]
    [InlineData("proxyMetadata: [A]", "defaultConfig.proxyMetadata: must be a map")]
    [InlineData("concurrency: many", "defaultConfig.concurrency: must be a whole number")]
    [InlineData("concurrency: 1.5", "defaultConfig.concurrency: must be a whole number")]
    [InlineData("concurrency: 3000000000", "defaultConfig.concurrency: must be a whole number")]
    [InlineData("fileFlushMinSizeKb: -1", "defaultConfig.fileFlushMinSizeKb: must be a whole number, not negative")]
    [InlineData("drainDuration: 45", "defaultConfig.drainDuration: must be a duration such as 45s")]
    [InlineData("holdApplicationUntilProxyStarts: 'true'", "defaultConfig.holdApplicationUntilProxyStarts: must be true or false")]
    [InlineData("interceptionMode: SOMETIMES", "defaultConfig.interceptionMode: must be one of REDIRECT, TPROXY, NONE")]
    [InlineData("extraStatTags: a", "defaultConfig.extraStatTags: must be a list")]
    [InlineData("extraStatTags: [null]", "defaultConfig.extraStatTags[0]: must not be null")]
    [InlineData("tracing: on", "defaultConfig.tracing: must be an object")]
    [InlineData("tracing: {sampling: much}", "defaultConfig.tracing.sampling: must be a number")]
    public void Parse_FieldOfAnotherType_IsNamedAndLeftOut(string yaml, string problem)
    {
        var mesh = MeshConfiguration.Parse($"defaultConfig:\n  statusPort: 15021\n  {yaml}\n", "mesh");

        mesh.Problems.ShouldBe([problem]);
        mesh.DefaultConfig["statusPort"]!.GetValue<long>().ShouldBe(15021);
    }

    [Theory]
    [InlineData("[]", "mesh: is not a mapping")]
    [InlineData("defaultConfig: [", "mesh:")]
    [InlineData("a: 1\na: 2", "mesh:2:")]
    public void Parse_NoMapping_IsNamed(string text, string beginning)
    {
        var mesh = MeshConfiguration.Parse(text, "mesh");

        mesh.Problems.ShouldHaveSingleItem().ShouldStartWith(beginning);
        mesh.DefaultConfig.ShouldBeEmpty();
    }

    [Fact]
    public void Parse_NothingOrNulls_IsEmpty()
    {
        MeshConfiguration.Parse("", "mesh").Problems.ShouldBeEmpty();
        MeshConfiguration.Parse("defaultConfig: null\ntrustDomain: null", "mesh").Problems.ShouldBeEmpty();
    }

    [Fact]
    public void Render_AnnotationThatIsNoYaml_IsNamedAndTheRestIsRendered()
    {
        var rendered = BootstrapRenderer.Render(new RenderRequest
        {
            Group = RenderCase.Group("kind: WorkloadGroup\nmetadata: {name: g, namespace: ns, annotations: {proxy.istio.io/config: 'a: ['}}\nspec: {}"),
            Mesh = MeshConfiguration.Empty,
            ClusterId = "c",
        });

        rendered.Problems.ShouldHaveSingleItem().ShouldStartWith("metadata.annotations[proxy.istio.io/config]");
        rendered.Environment["ISTIO_SERVICE"].ShouldBe("g.ns");
    }
}
