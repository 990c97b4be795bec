using Onboarding.TestKit.Issuers;

namespace Onboarding.EndToEnd.Tests.Support;

/// <summary>A VM: a directory that stands for its file system, with the agent's two files, a credential and a host-information plugin.</summary>
internal sealed class Vm : IDisposable
{
    private const UnixFileMode Executable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly Site site;
    private readonly TestIssuer issuer;
    private readonly string subject;
    private readonly string root = Directory.CreateTempSubdirectory("onboarding-vm-").FullName;

    /// <summary>Lays out a VM whose platform calls it <paramref name="subject"/>.</summary>
    public Vm(Site site, TestIssuer issuer, string subject, int port, string address)
    {
        (this.site, this.issuer, this.subject) = (site, issuer, subject);
        Write("/etc/hosts", "127.0.0.1 localhost\n");
        Write("/etc/onboarding-agent/onboarding.config.yaml", Onboarding(port));
        Write("/etc/onboarding-agent/agent.config.yaml", Agent());
        Write("/opt/hostinfo", $$$"""
            #!/bin/sh
            cat > /dev/null
            echo '{"host": {"addresses": [{"ip": "{{{address}}}", "type": "VPC"}]}}'
            """);
        File.SetUnixFileMode(PathOf("/opt/hostinfo"), Executable);
    }

    /// <summary>The agent's lasting identity.</summary>
    public string InstanceId => Read("/var/lib/onboarding-agent/instance.json");

    /// <summary>The sidecar's environment.</summary>
    public string ClusterEnvironment => PathOf("/var/lib/istio/envoy/cluster.env");

    public string Read(string path) => File.ReadAllText(PathOf(path));

    /// <summary>Starts its agent with a fresh token from the platform.</summary>
    public ProgramProcess StartAgent()
    {
        Write("/opt/token", issuer.Mint(subject, site.Uid));
        return ProgramProcess.Start(
            Executables.Agent,
            ["--onboarding-config", PathOf("/etc/onboarding-agent/onboarding.config.yaml"), "--agent-config", PathOf("/etc/onboarding-agent/agent.config.yaml"), "--root", root]);
    }

    public void Dispose() => Directory.Delete(root, recursive: true);

    private string PathOf(string path) => Path.Combine(root, path.TrimStart('/'));

    private void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(path))!);
        File.WriteAllText(PathOf(path), text);
    }

    private string Onboarding(int port) => $"""
        apiVersion: config.agent.onboarding.tetrate.io/v1alpha1
        kind: OnboardingConfiguration
        onboardingEndpoint:
          host: 127.0.0.1
          port: {port}
          transportSecurity:
            tls:
              caFile: {site.Root}/onboarding-tls/ca.crt
          uid: {site.Uid}
        workloadGroup:
          namespace: bookinfo
          name: ratings
        """;

    private string Agent() => $"""
        apiVersion: config.agent.onboarding.tetrate.io/v1alpha1
        kind: AgentConfiguration
        host:
          custom:
            credential:
            - command:
                path: /bin/cat
                args: ["{PathOf("/opt/token")}"]
            hostinfo:
              plugin:
                name: test
                path: {PathOf("/opt/hostinfo")}
        """;
}
