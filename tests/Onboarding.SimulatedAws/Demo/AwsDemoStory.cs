using System.Globalization;
using Onboarding.Cli;
using Onboarding.Cli.Demo;
using Onboarding.Cli.Output;
using Onboarding.TestKit.Aws;

namespace Onboarding.SimulatedAws.Demo;

/// <summary>The demo's steps, in their order.</summary>
internal sealed class AwsDemoStory(CliConsole console, TimeProvider time, bool overIpv6) : IDisposable
{
    private static readonly SimulatedInstance Instance = new("i-1234567890abcdef0") { Role = "ratings-role", PublicIp = "203.0.113.7" };
    private static readonly SimulatedTask Container = new("0123456789abcdef0123456789abcdef") { Role = "reviews-role" };

    private readonly DemoStage stage = new(console, time);
    private readonly string agent = DemoPrograms.Find("onboarding-agent", "Onboarding.Agent");

    private DemoWorkspace Workspace => stage.Workspace;

    /// <summary>Tells it whole.</summary>
    /// <exception cref="CliException">A step did not show what it should.</exception>
    public async Task TellAsync(CancellationToken cancellationToken)
    {
        await using var cloud = new AwsDemoCloud();
        stage.Step("A simulated AWS: metadata services of an EC2 instance and of an ECS task at AWS's own addresses, and a regional STS");
        await cloud.StartAsync(Instance, Container, overIpv6);
        stage.Say($"{Instance.Id} with role {Instance.Role}, task {Container.Id} with role {Container.Role}; STS at {cloud.StsAddress.OriginalString}");

        await DeclareAsync(cloud, cancellationToken);
        await stage.ServeAsync([$"SSL_CERT_FILE={Workspace.At("sts-ca.pem")}"], cancellationToken);
        var instance = new AwsDemoMachine(Workspace, "instance", stage.Ports[0], "ratings");
        await CheckAsync(instance, cancellationToken);
        var first = await JoinAsync("The EC2 instance joins group bookinfo/ratings", instance, 1, cancellationToken);
        var container = new AwsDemoMachine(
            Workspace, "task", stage.Ports[0], "reviews", [.. SimulatedEcs.Environment.Select(variable => $"{variable.Key}={variable.Value}")]);
        var second = await JoinAsync("The ECS task joins group bookinfo/reviews", container, 2, cancellationToken);
        await stage.RunAsync(["get", "workloads", "--data", Workspace.Data, "--output", "wide"], cancellationToken);
        var calls = cloud.Sts!.Calls;
        await RefuseAsync(cancellationToken);
        stage.Say($"STS was asked {calls.ToString(CultureInfo.InvariantCulture)} times before, and {(cloud.Sts.Calls - calls).ToString(CultureInfo.InvariantCulture)} times by this attempt, which no policy could allow.");
        await LeaveAsync([first, second], cancellationToken);
        stage.Finish();
    }

    public void Dispose() => stage.Dispose();

    private async Task DeclareAsync(AwsDemoCloud cloud, CancellationToken cancellationToken)
    {
        stage.Step("What the platform team declares, and what the control plane trusts");
        DemoCertificates.Write(Workspace.Tls, time.GetUtcNow());
        cloud.WriteTrust(Workspace.At("aws-trust"), AwsDemoFiles.Region, Workspace.At("sts-ca.pem"));
        await File.WriteAllTextAsync(Path.Combine(Workspace.Manifests, "bookinfo.yaml"), AwsDemoFiles.Manifests, cancellationToken);
        await File.WriteAllTextAsync(Workspace.ControlPlane, AwsDemoFiles.ControlPlane(cloud.StsAddress), cancellationToken);
        await stage.RunAsync(["validate", Workspace.ControlPlane, Workspace.Manifests], cancellationToken);
    }

    private async Task CheckAsync(AwsDemoMachine machine, CancellationToken cancellationToken)
    {
        stage.Step("onboarding-agent check on the instance, which joins nothing");
        stage.Quote(machine.AgentConfiguration);
        var check = stage.Add(machine.Check(agent));
        var exitCode = await check.ExitAsync(cancellationToken);
        stage.Quote(machine.Log);
        Require(exitCode == ExitCodes.Ok, "the check failed");
    }

    private async Task<DemoProcess> JoinAsync(string title, AwsDemoMachine machine, int registrations, CancellationToken cancellationToken)
    {
        stage.Step(title);
        var known = stage.Registrations();
        var process = stage.Add(machine.Start(agent));
        await stage.UntilSaidAsync("the sidecar's files are written", machine.Log, "Sidecar files written", process, cancellationToken);
        await stage.UntilAsync("the workload is written", machine.Log, process, () => Task.FromResult(stage.Registrations().Count == registrations), cancellationToken);
        stage.Quote(machine.Log);
        stage.Quote(stage.Registrations().Except(known, StringComparer.Ordinal).Single());
        return process;
    }

    private async Task RefuseAsync(CancellationToken cancellationToken)
    {
        stage.Step("The same EC2 instance asks for group bookinfo/reviews, which no policy opens to instances");
        var machine = new AwsDemoMachine(Workspace, "stranger", stage.Ports[0], "reviews");
        var process = stage.Add(machine.Start(agent));
        await stage.UntilSaidAsync("it is refused", machine.Log, "Not authorized", process, cancellationToken);
        await process.StopAsync(cancellationToken);
        stage.Quote(machine.Log);
        Require(!File.Exists(machine.ClusterEnvironment), "the refused instance was given files");
    }

    private async Task LeaveAsync(DemoProcess[] agents, CancellationToken cancellationToken)
    {
        stage.Step("Both leave gracefully");
        var codes = await Task.WhenAll(agents.Select(process => process.StopAsync(cancellationToken)));
        Require(codes.All(code => code == 0), "an agent did not end well");
        await stage.UntilAsync(
            "the registrations are gone", Workspace.EndpointLog, stage.Endpoint, () => Task.FromResult(stage.Registrations().Count == 0), cancellationToken);
        stage.Say("Their WorkloadEntries and WorkloadAutoRegistrations are gone.");
        await stage.Endpoint.StopAsync(cancellationToken);
    }

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new CliException(otherwise);
        }
    }
}
