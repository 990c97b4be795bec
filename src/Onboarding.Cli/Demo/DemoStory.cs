using System.Globalization;
using System.Text.Json.Nodes;
using Onboarding.Cli.Issuing;
using Onboarding.Cli.Output;

namespace Onboarding.Cli.Demo;

/// <summary>The demo's steps, in their order.</summary>
internal sealed class DemoStory(CliConsole console, TimeProvider time) : IDisposable
{
    private readonly DemoStage stage = new(console, time);
    private readonly TokenIssuer issuer = TokenIssuer.CreateElliptic(DemoFiles.Issuer);

    private DemoWorkspace Workspace => stage.Workspace;

    /// <summary>Tells it whole.</summary>
    /// <exception cref="CliException">A step did not show what it should.</exception>
    public async Task TellAsync(bool keep, CancellationToken cancellationToken)
    {
        var token = issuer.Token(DemoFiles.GoodSubject, DemoFiles.Uid, time.GetUtcNow(), DemoFiles.Attributes("us-east"));

        await DemoDeclaration.WriteAsync(stage, issuer, time.GetUtcNow(), cancellationToken);
        await stage.ServeAsync([], cancellationToken);
        var vm = new DemoVm(Workspace, "vm007", stage.Ports[0], token);
        var agent = await JoinAsync(vm, cancellationToken);
        await RefuseAsync(cancellationToken);
        if (keep)
        {
            Keep(vm, agent);
            return;
        }

        await LeaveAsync(agent, cancellationToken);
        stage.Finish();
    }

    public void Dispose()
    {
        issuer.Dispose();
        stage.Dispose();
    }

    private async Task<DemoProcess> JoinAsync(DemoVm vm, CancellationToken cancellationToken)
    {
        stage.Step($"A VM joins group {DemoFiles.Group}: {DemoFiles.GoodSubject}");
        var agent = stage.Add(vm.Start(DemoPrograms.Find("onboarding-agent", "Onboarding.Agent")));
        await stage.UntilSaidAsync("the sidecar's files are written", vm.Log, "Sidecar files written", agent, cancellationToken);
        await stage.UntilAsync("the workload is written", vm.Log, agent, () => Task.FromResult(Registration() is not null), cancellationToken);
        stage.Quote(vm.Log);

        stage.Step("What the mesh is told: WorkloadAutoRegistration and WorkloadEntry");
        stage.Quote(Registration()!);

        stage.Step("What the VM was given: cluster.env, mesh.yaml, hosts");
        stage.Quote(vm.ClusterEnvironment);
        stage.Quote(vm.MeshConfiguration);
        stage.Quote(vm.Hosts);
        await stage.RunAsync(["get", "workloads", "--data", Workspace.Data], cancellationToken);
        return agent;
    }

    private async Task RefuseAsync(CancellationToken cancellationToken)
    {
        stage.Step($"Another VM, which no policy allows: {DemoFiles.BadSubject}");
        var token = issuer.Token(DemoFiles.BadSubject, DemoFiles.Uid, time.GetUtcNow(), DemoFiles.Attributes("eu-west"));
        var vm = new DemoVm(Workspace, "vm666", stage.Ports[0], token);
        var agent = stage.Add(vm.Start(DemoPrograms.Find("onboarding-agent", "Onboarding.Agent")));
        await stage.UntilSaidAsync("it is refused", vm.Log, "Not authorized", agent, cancellationToken);
        await agent.StopAsync(cancellationToken);
        stage.Say("The agent is told nothing but that:");
        stage.Quote(vm.Log);
        if (File.Exists(vm.ClusterEnvironment))
        {
            throw new CliException("the refused VM was given files");
        }

        stage.Say("The platform team can ask why:");
        var identity = new JsonObject
        {
            ["jwt"] = new JsonObject
            {
                ["issuer"] = DemoFiles.Issuer,
                ["subject"] = DemoFiles.BadSubject,
                ["attributes"] = DemoFiles.Attributes("eu-west"),
            },
        };
        await stage.RunAsync(
            ["policy", "explain", "--manifests", Workspace.Manifests, "--config", Workspace.ControlPlane, "--group", DemoFiles.Group, "--identity", identity.ToJsonString()],
            cancellationToken);
    }

    private async Task LeaveAsync(DemoProcess agent, CancellationToken cancellationToken)
    {
        stage.Step("The first VM shuts down, and leaves gracefully");
        var written = File.ReadAllLines(agent.Log).Length;
        var exitCode = await agent.StopAsync(cancellationToken);
        stage.Quote(agent.Log, written);
        if (exitCode != 0)
        {
            throw new CliException($"the agent ended with exit code {exitCode.ToString(CultureInfo.InvariantCulture)}");
        }

        await stage.UntilAsync("the registration is gone", Workspace.EndpointLog, stage.Endpoint, () => Task.FromResult(Registration() is null), cancellationToken);
        stage.Say("Its WorkloadEntry and WorkloadAutoRegistration are gone.");
        await stage.Endpoint.StopAsync(cancellationToken);
    }

    private void Keep(DemoVm vm, DemoProcess agent)
    {
        stage.Keep();
        stage.Step("Left running, as asked");
        stage.Say($"look:  {Environment.ProcessPath} get workloads --data {Workspace.Data}");
        stage.Say($"       {Environment.ProcessPath} describe workload bookinfo/{Path.GetFileNameWithoutExtension(Registration())} --data {Workspace.Data}");
        stage.Say($"       curl http://{DemoStage.Loopback(stage.Ports[2])}/metrics");
        stage.Say($"       tail {Workspace.Audit} {vm.Log}");
        stage.Say($"leave: kill {agent.Id.ToString(CultureInfo.InvariantCulture)}");
        stage.Say($"end:   kill {stage.Endpoint.Id.ToString(CultureInfo.InvariantCulture)}; rm -r {Workspace.Root}");
    }

    private string? Registration() => stage.Registrations().Count > 0 ? stage.Registrations()[0] : null;
}
