namespace Onboarding.Cli.Demo;

/// <summary>One silo of the demo's cluster, on ports of its own.</summary>
internal sealed class DemoSilo(string program, DemoWorkspace workspace, string keys, int number)
{
    private readonly int[] ports = DemoPorts.Free(4);

    /// <summary>Its place among them, from 1.</summary>
    public int Number => number;

    /// <summary>The port of its API.</summary>
    public int Api => ports[0];

    /// <summary>Its operators' port.</summary>
    public string OperatorsUrl => $"http://{DemoStage.Loopback(ports[2])}";

    /// <summary>How the cluster calls it.</summary>
    public string Address => DemoStage.Loopback(ports[3]);

    /// <summary>Its log.</summary>
    public string Log { get; } = workspace.At($"silo-{DemoStage.Text(number)}.log");

    /// <summary>Starts it.</summary>
    public DemoProcess Start() => DemoProcess.Start(
        workspace.Audit,
        Log,
        "/usr/bin/env",
        $"Orleans__Endpoints__SiloPort={DemoStage.Text(ports[3])}",
        program,
        "--config", workspace.ControlPlane, "--manifests", workspace.Manifests, "--data", workspace.Data, "--keys", keys,
        "--api-address", DemoStage.Loopback(ports[0]), "--packages-address", DemoStage.Loopback(ports[1]), "--operators-address", DemoStage.Loopback(ports[2]));
}
