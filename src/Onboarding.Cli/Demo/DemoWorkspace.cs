namespace Onboarding.Cli.Demo;

/// <summary>The demo's directory: all that it writes is below it.</summary>
internal sealed class DemoWorkspace
{
    public DemoWorkspace()
    {
        Root = Directory.CreateTempSubdirectory("onboarding-demo-").FullName;
        Directory.CreateDirectory(Manifests);
        Directory.CreateDirectory(Tls);
    }

    public string Root { get; }

    public string ControlPlane => At("controlplane.yaml");

    public string Manifests => At("manifests");

    public string Tls => At("endpoint-tls");

    public string CertificationAuthority => Path.Combine(Tls, "ca.crt");

    public string Data => At("data");

    public string EndpointLog => At("endpoint.log");

    /// <summary>The audit stream: the endpoint's standard output.</summary>
    public string Audit => At("audit.jsonl");

    /// <summary>The file system of a VM.</summary>
    public string Vm(string name) => At(name);

    public string At(string relative) => Path.Combine(Root, relative);

    public void Delete() => Directory.Delete(Root, recursive: true);
}
