namespace Onboarding.Cli.Demo;

/// <summary>A VM: a directory that stands for its file system, and the agent that runs in it.</summary>
internal sealed class DemoVm
{
    private readonly string root;
    private readonly string name;

    /// <summary>Lays out a VM that shows the token as its credential.</summary>
    public DemoVm(DemoWorkspace workspace, string name, int port, string token)
    {
        this.name = name;
        root = workspace.Vm(name);
        var credential = At("/opt/demo/credential");
        var host = At("/opt/demo/hostinfo");
        DemoFiles.WriteProgram(credential, DemoFiles.Plugin(DemoFiles.Credential(token)));
        DemoFiles.WriteProgram(host, DemoFiles.Plugin(DemoFiles.Host(DemoFiles.Address)));
        DemoFiles.WriteProgram(At("/usr/local/bin/istio-start.sh"), DemoFiles.StartScript);
        Directory.CreateDirectory(At("/etc/onboarding-agent"));
        File.WriteAllText(At("/etc/hosts"), "127.0.0.1 localhost\n");
        File.WriteAllText(OnboardingConfig, DemoFiles.Onboarding(port, workspace.CertificationAuthority));
        File.WriteAllText(AgentConfig, DemoFiles.Agent(credential, host, workspace.At($"{name}.sidecar.log")));
        Log = workspace.At($"{name}.log");
    }

    /// <summary>The agent's log.</summary>
    public string Log { get; }

    public string Hosts => At("/etc/hosts");

    public string ClusterEnvironment => At("/var/lib/istio/envoy/cluster.env");

    public string MeshConfiguration => At("/etc/istio/config/mesh");

    private string OnboardingConfig => At("/etc/onboarding-agent/onboarding.config.yaml");

    private string AgentConfig => At("/etc/onboarding-agent/agent.config.yaml");

    public DemoProcess Start(string agent) => DemoProcess.Start(
        Log, Log, agent, "--onboarding-config", OnboardingConfig, "--agent-config", AgentConfig, "--root", root);

    private string At(string path) => Path.Combine(root, path.TrimStart('/'));

    public override string ToString() => name;
}
