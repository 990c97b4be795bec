using Onboarding.Cli.Demo;

namespace Onboarding.SimulatedAws.Demo;

/// <summary>An instance or a task: a directory that stands for its file system, and the agent that runs in it.</summary>
internal sealed class AwsDemoMachine
{
    private readonly string root;
    private readonly string[] environment;

    /// <summary>Lays one out.</summary>
    /// <param name="workspace">Where.</param>
    /// <param name="name">Its name.</param>
    /// <param name="port">The endpoint's port.</param>
    /// <param name="group">The group it is to join.</param>
    /// <param name="environment">What AWS puts into its environment, each <c>NAME=value</c>.</param>
    public AwsDemoMachine(DemoWorkspace workspace, string name, int port, string group, params string[] environment)
    {
        this.environment = environment;
        root = workspace.Vm(name);
        Log = workspace.At($"{name}.log");
        DemoFiles.WriteProgram(At("/usr/local/bin/istio-start.sh"), DemoFiles.StartScript);
        Directory.CreateDirectory(At("/etc/onboarding-agent"));
        File.WriteAllText(At("/etc/hosts"), "127.0.0.1 localhost\n");
        File.WriteAllText(At("/etc/onboarding-agent/onboarding.config.yaml"), AwsDemoFiles.Onboarding(port, workspace.CertificationAuthority, group));
        File.WriteAllText(At("/etc/onboarding-agent/agent.config.yaml"), AwsDemoFiles.Agent(workspace.At($"{name}.sidecar.log")));
    }

    /// <summary>The agent's log.</summary>
    public string Log { get; }

    public string AgentConfiguration => At("/etc/onboarding-agent/agent.config.yaml");

    public string ClusterEnvironment => At("/var/lib/istio/envoy/cluster.env");

    /// <summary>Runs <c>onboarding-agent check</c> to its end.</summary>
    public DemoProcess Check(string agent) => Start(agent, "check");

    /// <summary>Starts the agent.</summary>
    public DemoProcess Start(string agent) => Start(agent, []);

    private DemoProcess Start(string agent, params string[] command) => DemoProcess.Start(
        Log, Log, "/usr/bin/env", [.. environment, agent, .. command, "--root", root]);

    private string At(string path) => Path.Combine(root, path.TrimStart('/'));
}
