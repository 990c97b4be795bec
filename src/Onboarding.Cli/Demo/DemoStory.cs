using System.Globalization;
using System.Text.Json.Nodes;
using Onboarding.Cli.Issuing;
using Onboarding.Cli.Output;
using Spectre.Console;

namespace Onboarding.Cli.Demo;

/// <summary>The demo's steps, in their order.</summary>
internal sealed class DemoStory(CliConsole console, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    private readonly DemoWorkspace workspace = new();
    private readonly TokenIssuer issuer = TokenIssuer.CreateElliptic(DemoFiles.Issuer);
    private readonly List<DemoProcess> processes = [];
    private bool keepsRunning;
    private int steps;

    /// <summary>Tells it whole.</summary>
    /// <exception cref="CliException">A step did not show what it should.</exception>
    public async Task TellAsync(bool keep, CancellationToken cancellationToken)
    {
        var ports = DemoPorts.Free(3);
        var token = issuer.Token(DemoFiles.GoodSubject, DemoFiles.Uid, time.GetUtcNow(), DemoFiles.Attributes("us-east"));

        await DeclareAsync(cancellationToken);
        await ServeAsync(ports, cancellationToken);
        var vm = new DemoVm(workspace, "vm007", ports[0], token);
        var agent = await JoinAsync(vm, cancellationToken);
        await RefuseAsync(ports[0], cancellationToken);
        if (keep)
        {
            Keep(vm, agent, ports);
            return;
        }

        await LeaveAsync(agent, cancellationToken);
        console.Output.WriteLine();
        console.Rich.MarkupLine("[green]Done.[/] Nothing is left behind.");
    }

    public void Dispose()
    {
        foreach (var process in processes)
        {
            if (!keepsRunning)
            {
                process.Kill();
            }

            process.Dispose();
        }

        issuer.Dispose();
        if (!keepsRunning)
        {
            workspace.Delete();
        }
    }

    private async Task DeclareAsync(CancellationToken cancellationToken)
    {
        Step("A throw-away certification authority and OIDC issuer, and what the platform team declares");
        DemoCertificates.Write(workspace.Tls, time.GetUtcNow());
        var manifests = Path.Combine(workspace.Manifests, "bookinfo.yaml");
        await File.WriteAllTextAsync(manifests, DemoFiles.Manifests, cancellationToken);
        var roots = DemoFiles.RootCertificates(await File.ReadAllTextAsync(workspace.CertificationAuthority, cancellationToken));
        await File.WriteAllTextAsync(Path.Combine(workspace.Manifests, "mesh.yaml"), roots, cancellationToken);
        await File.WriteAllTextAsync(workspace.ControlPlane, DemoFiles.ControlPlane(issuer.KeySet()), cancellationToken);
        await RunAsync(["validate", workspace.ControlPlane, workspace.Manifests], cancellationToken);
    }

    private async Task ServeAsync(int[] ports, CancellationToken cancellationToken)
    {
        Step("The onboarding endpoint, over TLS");
        processes.Add(DemoProcess.Start(
            workspace.Audit,
            workspace.EndpointLog,
            DemoPrograms.Find("onboarding-standalone", "Onboarding.Standalone"),
            "--config", workspace.ControlPlane, "--manifests", workspace.Manifests, "--data", workspace.Data,
            "--api-address", Loopback(ports[0]), "--packages-address", Loopback(ports[1]), "--operators-address", Loopback(ports[2])));
        using var operators = new HttpClient { BaseAddress = new Uri($"http://{Loopback(ports[2])}") };
        await UntilAsync("the endpoint is ready", workspace.EndpointLog, processes[^1], () => IsReadyAsync(operators, cancellationToken), cancellationToken);
        Say($"listens on https://localhost:{ports[0].ToString(CultureInfo.InvariantCulture)} and is ready");
    }

    private async Task<DemoProcess> JoinAsync(DemoVm vm, CancellationToken cancellationToken)
    {
        Step($"A VM joins group {DemoFiles.Group}: {DemoFiles.GoodSubject}");
        var agent = vm.Start(DemoPrograms.Find("onboarding-agent", "Onboarding.Agent"));
        processes.Add(agent);
        await UntilAsync("the sidecar's files are written", vm.Log, agent, () => Task.FromResult(Mentions(vm.Log, "Sidecar files written")), cancellationToken);
        await UntilAsync("the workload is written", vm.Log, agent, () => Task.FromResult(Registration() is not null), cancellationToken);
        Quote(vm.Log);

        Step("What the mesh is told: WorkloadAutoRegistration and WorkloadEntry");
        Quote(Registration()!);

        Step("What the VM was given: cluster.env, mesh.yaml, hosts");
        Quote(vm.ClusterEnvironment);
        Quote(vm.MeshConfiguration);
        Quote(vm.Hosts);
        await RunAsync(["get", "workloads", "--data", workspace.Data], cancellationToken);
        return agent;
    }

    private async Task RefuseAsync(int port, CancellationToken cancellationToken)
    {
        Step($"Another VM, which no policy allows: {DemoFiles.BadSubject}");
        var token = issuer.Token(DemoFiles.BadSubject, DemoFiles.Uid, time.GetUtcNow(), DemoFiles.Attributes("eu-west"));
        var vm = new DemoVm(workspace, "vm666", port, token);
        var agent = vm.Start(DemoPrograms.Find("onboarding-agent", "Onboarding.Agent"));
        processes.Add(agent);
        await UntilAsync("it is refused", vm.Log, agent, () => Task.FromResult(Mentions(vm.Log, "Not authorized")), cancellationToken);
        await agent.StopAsync(cancellationToken);
        Say("The agent is told nothing but that:");
        Quote(vm.Log);
        if (File.Exists(vm.ClusterEnvironment))
        {
            throw new CliException("the refused VM was given files");
        }

        Say("The platform team can ask why:");
        var identity = new JsonObject
        {
            ["jwt"] = new JsonObject
            {
                ["issuer"] = DemoFiles.Issuer,
                ["subject"] = DemoFiles.BadSubject,
                ["attributes"] = DemoFiles.Attributes("eu-west"),
            },
        };
        await RunAsync(
            ["policy", "explain", "--manifests", workspace.Manifests, "--config", workspace.ControlPlane, "--group", DemoFiles.Group, "--identity", identity.ToJsonString()],
            cancellationToken);
    }

    private async Task LeaveAsync(DemoProcess agent, CancellationToken cancellationToken)
    {
        Step("The first VM shuts down, and leaves gracefully");
        var written = File.ReadAllLines(agent.Log).Length;
        var exitCode = await agent.StopAsync(cancellationToken);
        Quote(agent.Log, written);
        if (exitCode != 0)
        {
            throw new CliException($"the agent ended with exit code {exitCode.ToString(CultureInfo.InvariantCulture)}");
        }

        await UntilAsync("the registration is gone", workspace.EndpointLog, processes[0], () => Task.FromResult(Registration() is null), cancellationToken);
        Say("Its WorkloadEntry and WorkloadAutoRegistration are gone.");
        await processes[0].StopAsync(cancellationToken);
    }

    private void Keep(DemoVm vm, DemoProcess agent, int[] ports)
    {
        keepsRunning = true;
        Step("Left running, as asked");
        Say($"look:  {Environment.ProcessPath} get workloads --data {workspace.Data}");
        Say($"       {Environment.ProcessPath} describe workload bookinfo/{Path.GetFileNameWithoutExtension(Registration())} --data {workspace.Data}");
        Say($"       curl http://{Loopback(ports[2])}/metrics");
        Say($"       tail {workspace.Audit} {vm.Log}");
        Say($"leave: kill {agent.Id.ToString(CultureInfo.InvariantCulture)}");
        Say($"end:   kill {processes[0].Id.ToString(CultureInfo.InvariantCulture)}; rm -r {workspace.Root}");
    }

    private string? Registration()
    {
        var directory = Path.Combine(workspace.Data, "registrations", "bookinfo");
        return Directory.Exists(directory) ? Directory.EnumerateFiles(directory, "*.yaml").FirstOrDefault() : null;
    }

    private async Task RunAsync(string[] arguments, CancellationToken cancellationToken)
    {
        console.Rich.MarkupLine($"[grey]  $ onboardctl {Markup.Escape(string.Join(' ', arguments.Select(Shorten)))}[/]");
        if (await CommandTree.RunAsync(arguments, console, cancellationToken) is not ExitCodes.Ok and var exitCode)
        {
            throw new CliException($"onboardctl {arguments[0]} ended with exit code {exitCode.ToString(CultureInfo.InvariantCulture)}");
        }
    }

    private string Shorten(string argument) => argument.StartsWith('{') ? $"'{argument}'" : argument.Replace(workspace.Root + "/", "", StringComparison.Ordinal);

    /// <summary>Looks again and again until it is so; says what stands in the log when it never is.</summary>
    private async Task UntilAsync(string what, string log, DemoProcess process, Func<Task<bool>> isSo, CancellationToken cancellationToken)
    {
        var since = time.GetTimestamp();
        while (!await isSo())
        {
            if (process.HasExited || time.GetElapsedTime(since) > Patience)
            {
                Quote(log);
                throw new CliException($"waited in vain until {what}{(process.HasExited ? ": the process has ended" : "")}");
            }

            await Task.Delay(Look, time, cancellationToken);
        }
    }

    private static async Task<bool> IsReadyAsync(HttpClient operators, CancellationToken cancellationToken)
    {
        try
        {
            using var reply = await operators.GetAsync("/health/ready", cancellationToken);
            return reply.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static bool Mentions(string log, string text) => File.Exists(log) && File.ReadAllText(log).Contains(text, StringComparison.Ordinal);

    private static string Loopback(int port) => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}");

    private void Step(string title)
    {
        console.Output.WriteLine();
        steps++;
        console.Rich.MarkupLine($"[bold blue]{steps.ToString(CultureInfo.InvariantCulture)}[/] [bold]{Markup.Escape(title)}[/]");
    }

    private void Say(string text) => console.Output.WriteLine($"  {text}");

    private void Quote(string file, int from = 0)
    {
        console.Rich.MarkupLine($"[grey]  {Markup.Escape(Shorten(file))}[/]");
        foreach (var line in File.ReadAllLines(file).Skip(from))
        {
            console.Output.WriteLine($"  │ {line}");
        }
    }
}
