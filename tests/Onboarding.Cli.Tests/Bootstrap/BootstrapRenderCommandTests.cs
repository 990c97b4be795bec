using Onboarding.TestKit.Data;

namespace Onboarding.Cli.Tests.Bootstrap;

public sealed class BootstrapRenderCommandTests : IDisposable
{
    private const string Group = "apiVersion: networking.istio.io/v1\nkind: WorkloadGroup\nmetadata: {name: ratings, namespace: bookinfo}\nspec: {}\n";
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("onboardctl-render-");

    public void Dispose() => folder.Delete(recursive: true);

    [SharedDataFact("data/istio/istioctl-ipv4.workloadgroup.yaml")]
    public async Task Render_IstiosOwnCase_IsReproducedByteForByte()
    {
        var run = await Cli.RunAsync(
            "bootstrap", "render",
            "--workload-group", Shared("workloadgroup.yaml"),
            "--mesh-config", Shared("meshconfig.yaml"),
            "--internal-ip", "10.10.10.10",
            "--ingress-ip", "10.10.10.11",
            "--cluster-id", "Kubernetes",
            "--revision", "rev-1",
            "--out", Out);

        run.Error.ShouldBeEmpty();
        run.ExitCode.ShouldBe(ExitCodes.Ok);
        foreach (var file in new[] { "cluster.env", "mesh.yaml", "hosts" })
        {
            (await File.ReadAllBytesAsync(Path.Combine(Out, file))).ShouldBe(await File.ReadAllBytesAsync(Shared(file)), file);
        }
    }

    [Fact]
    public async Task Render_EveryOption_IsTaken()
    {
        var run = await RenderAsync(
            Group, "{}", "--external-ip", "203.0.113.7", "--istio-namespace", "mesh", "--revision", "canary", "--capture-dns=false", "--auto-register");

        run.ExitCode.ShouldBe(ExitCodes.Ok);
        var environment = await File.ReadAllTextAsync(Path.Combine(Out, "cluster.env"));
        environment.ShouldContain("ISTIO_SVC_IP='203.0.113.7'\n");
        environment.ShouldContain("CA_ADDR='istiod-canary.mesh.svc:15012'\n");
        environment.ShouldContain("ISTIO_META_AUTO_REGISTER_GROUP='ratings'\n");
        environment.ShouldNotContain("ISTIO_META_DNS_CAPTURE");
    }

    [Fact]
    public async Task Render_NoGatewayKnown_WritesAnEmptyHostsFile()
    {
        await RenderAsync(Group, "{}");

        new FileInfo(Path.Combine(Out, "hosts")).Length.ShouldBe(0);
    }

    [Theory]
    [InlineData("--internal-ip", "10.0.0")]
    [InlineData("--external-ip", "vm007.example.org")]
    [InlineData("--ingress-ip", "10.0.0.256")]
    public async Task Render_WhatIsNoAddress_IsRefused(string option, string value)
    {
        // "10.0.0" is an address to inet_aton and to .NET, and to nobody who reads the file.
        var run = await RenderAsync(Group, "{}", option, value);

        run.ExitCode.ShouldBe(ExitCodes.Failed);
        run.Error.ShouldContain($"{option}: {value} is not an IP address.");
        Directory.Exists(Out).ShouldBeFalse();
    }

    [Theory]
    [InlineData("kind: Service", "has 0 WorkloadGroups")]
    [InlineData(Group + "---\n" + Group, "has 2 WorkloadGroups")]
    [InlineData("kind: WorkloadGroup\nmetadata: {namespace: bookinfo}", ":2: metadata.name:")]
    [InlineData("kind: [", "group.yaml:2:")]
    public async Task Render_NoUsableGroup_SaysWhichLine(string group, string message)
    {
        var run = await RenderAsync(group, "{}");

        run.ExitCode.ShouldBe(ExitCodes.Failed);
        run.Error.ShouldContain(message);
    }

    [Fact]
    public async Task Render_MeshConfigurationOfAnotherType_WritesNothing()
    {
        var run = await RenderAsync(Group, "defaultConfig: {proxyMetadata: {A: 1}}");

        run.ExitCode.ShouldBe(ExitCodes.Failed);
        run.Error.ShouldContain("defaultConfig.proxyMetadata.A: must be a string; put it in quotes");
        Directory.Exists(Out).ShouldBeFalse();
    }

    [Fact]
    public async Task Render_MissingFile_IsNamed()
    {
        var run = await Cli.RunAsync("bootstrap", "render", "--workload-group", "/no/such/file", "--mesh-config", "/no", "--cluster-id", "c", "--out", Out);

        run.ExitCode.ShouldBe(ExitCodes.Failed);
        run.Error.ShouldContain("/no/such/file");
    }

    private string Out => Path.Combine(folder.FullName, "out");

    private static string Shared(string file) => SharedData.PathOf($"data/istio/istioctl-ipv4.{file}");

    private async Task<Cli> RenderAsync(string group, string mesh, params string[] options)
    {
        var groupFile = Path.Combine(folder.FullName, "group.yaml");
        var meshFile = Path.Combine(folder.FullName, "mesh.yaml");
        await File.WriteAllTextAsync(groupFile, group);
        await File.WriteAllTextAsync(meshFile, mesh);
        return await Cli.RunAsync(["bootstrap", "render", "--workload-group", groupFile, "--mesh-config", meshFile, "--cluster-id", "c", "--out", Out, .. options]);
    }
}
