using System.CommandLine;
using System.CommandLine.Parsing;
using Onboarding.Cli.Output;
using Onboarding.Core.Bootstrap;
using Onboarding.Protocol.Bundle;

namespace Onboarding.Cli.Bootstrap;

/// <summary><c>onboardctl bootstrap render</c>: writes <c>cluster.env</c>, <c>mesh.yaml</c> and <c>hosts</c> as <c>istioctl x workload entry configure</c> does.</summary>
internal sealed class BootstrapRenderCommand
{
    private readonly Option<string> workloadGroup = Required("--workload-group", "FILE", "Manifest of the WorkloadGroup.");
    private readonly Option<string> meshConfig = Required("--mesh-config", "FILE", "The mesh's configuration: key mesh of ConfigMap istio.");
    private readonly Option<string> clusterId = Required("--cluster-id", "ID", "Id of the cluster whose istiod the workload talks to.");
    private readonly Option<string> outFolder = Required("--out", "DIR", "Folder to write the files to; it is made where it is missing.");
    private readonly Option<string?> internalIp = Address("--internal-ip", "Address of the workload inside its network.");
    private readonly Option<string?> externalIp = Address("--external-ip", "Address of the workload outside; used where there is no internal one.");
    private readonly Option<string?> ingressIp = Address("--ingress-ip", "Address of the gateway to istiod; without it the hosts file is empty.");
    private readonly Option<string?> revision = new("--revision") { HelpName = "REV", Description = "Istio revision." };

    private readonly Option<string> istioNamespace = new("--istio-namespace")
    {
        HelpName = "NS",
        Description = "Namespace of istiod.",
        DefaultValueFactory = _ => "istio-system",
    };

    private readonly Option<bool> captureDns = new("--capture-dns")
    {
        Description = "Whether the sidecar captures DNS; false leaves the mesh's own setting.",
        DefaultValueFactory = _ => true,
    };

    private readonly Option<bool> autoRegister = new("--auto-register") { Description = "Let istiod make a WorkloadEntry by itself." };

    private BootstrapRenderCommand()
    {
    }

    public static Command Create(CliConsole console)
    {
        var options = new BootstrapRenderCommand();
        var command = new Command("render", "Write cluster.env, mesh.yaml and hosts for the VMs of a WorkloadGroup, as istioctl does.")
        {
            options.workloadGroup,
            options.meshConfig,
            options.internalIp,
            options.externalIp,
            options.ingressIp,
            options.clusterId,
            options.revision,
            options.istioNamespace,
            options.captureDns,
            options.autoRegister,
            options.outFolder,
        };
        command.OnRun(console, (parsed, cancellationToken) => options.RunAsync(parsed, console, cancellationToken));
        return command;
    }

    private static Option<string> Required(string name, string helpName, string description) =>
        new(name) { Required = true, HelpName = helpName, Description = description };

    private static Option<string?> Address(string name, string description)
    {
        var option = new Option<string?>(name) { HelpName = "IP", Description = description };
        option.Validators.Add(Check);
        return option;

        void Check(OptionResult result)
        {
            if (result.Tokens is [{ Value: { } text }] && !NetworkText.IsAddress(text))
            {
                result.AddError($"{name}: {text} is not an IP address.");
            }
        }
    }

    private async Task<int> RunAsync(ParseResult parsed, CliConsole console, CancellationToken cancellationToken)
    {
        var rendered = BootstrapRenderer.Render(new RenderRequest
        {
            Group = await WorkloadGroupFile.ReadAsync(parsed.GetRequiredValue(workloadGroup), cancellationToken),
            Mesh = await ReadMeshAsync(parsed.GetRequiredValue(meshConfig), cancellationToken),
            ClusterId = parsed.GetRequiredValue(clusterId),
            InternalIp = parsed.GetValue(internalIp),
            ExternalIp = parsed.GetValue(externalIp),
            IngressIp = parsed.GetValue(ingressIp),
            Revision = parsed.GetValue(revision),
            IstioNamespace = parsed.GetRequiredValue(istioNamespace),
            CaptureDns = parsed.GetValue(captureDns),
            AutoRegister = parsed.GetValue(autoRegister),
        });
        if (!rendered.Problems.IsEmpty)
        {
            throw new CliException($"nothing was written, since not everything could be read:\n{string.Join('\n', rendered.Problems)}");
        }

        var folder = Directory.CreateDirectory(parsed.GetRequiredValue(outFolder)).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "cluster.env"), BundleText.ClusterEnvironment(rendered.Environment), cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder, "mesh.yaml"), BundleText.MeshConfiguration(rendered.ProxyConfig), cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder, "hosts"), BundleText.Hosts(rendered.Hosts), cancellationToken);
        await console.Output.WriteLineAsync($"Wrote cluster.env, mesh.yaml and hosts to {folder}.");
        return ExitCodes.Ok;
    }

    private static async Task<MeshConfiguration> ReadMeshAsync(string file, CancellationToken cancellationToken) =>
        MeshConfiguration.Parse(await File.ReadAllTextAsync(file, cancellationToken), file);
}
