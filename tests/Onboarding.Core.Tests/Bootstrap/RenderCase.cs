using Onboarding.Core.Bootstrap;
using Onboarding.Core.Resources;
using Onboarding.Core.Resources.Reading;
using Onboarding.Protocol.Bundle;
using Onboarding.TestKit.Data;
using Onboarding.Yaml.Fields;
using Onboarding.Yaml.Nodes;

namespace Onboarding.Core.Tests.Bootstrap;

/// <summary>A folder with the inputs of a rendering, its arguments, and the files that must come out.</summary>
internal static class RenderCase
{
    public static readonly string Folder = Path.Combine(SharedData.RepositoryRoot(), "tests", "Onboarding.Core.Tests", "Bootstrap", "Golden");

    public static IEnumerable<string> Names => Directory.GetDirectories(Folder).Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal);

    public static RenderedBootstrap Render(string name)
    {
        var folder = Path.Combine(Folder, name);
        return BootstrapRenderer.Render(Request(folder, File.ReadAllLines(Path.Combine(folder, "arguments"))));
    }

    public static WorkloadGroup Group(string yaml)
    {
        var problems = new ProblemList();
        var group = WorkloadGroupReader.Read(YamlParser.Parse(yaml, "workloadgroup.yaml").Documents.Single(), problems);
        problems.HasErrors.ShouldBeFalse(string.Join('\n', problems.Items));
        return group.ShouldNotBeNull();
    }

    public static string Text(RenderedBootstrap rendered, string file) => file switch
    {
        "cluster.env" => BundleText.ClusterEnvironment(rendered.Environment),
        "mesh.yaml" => BundleText.MeshConfiguration(rendered.ProxyConfig),
        _ => BundleText.Hosts(rendered.Hosts),
    };

    private static RenderRequest Request(string folder, string[] arguments)
    {
        var values = arguments
            .Select(line => line.Split([' ', '='], 2))
            .ToDictionary(argument => argument[0], argument => argument.Length == 2 ? argument[1].Trim('"') : "", StringComparer.Ordinal);
        return new RenderRequest
        {
            Group = Group(File.ReadAllText(Path.Combine(folder, "workloadgroup.yaml"))),
            Mesh = MeshConfiguration.Parse(File.ReadAllText(Path.Combine(folder, "meshconfig.yaml")), "meshconfig.yaml"),
            ClusterId = values["--cluster-id"],
            InternalIp = values.GetValueOrDefault("--internal-ip"),
            ExternalIp = values.GetValueOrDefault("--external-ip"),
            IngressIp = values.GetValueOrDefault("--ingress-ip"),
            Revision = values.GetValueOrDefault("--revision"),
            IstioNamespace = values.GetValueOrDefault("--istio-namespace", "istio-system"),
            CaptureDns = !values.ContainsKey("--capture-dns"),
            AutoRegister = values.ContainsKey("--auto-register"),
        };
    }
}
