using System.Text.Json;
using System.Text.Json.Nodes;

namespace Onboarding.Cli.Demo;

/// <summary>The texts of the demo: what a platform team, an operator and a VM's owner would write.</summary>
internal static class DemoFiles
{
    public const string Group = "bookinfo/ratings";
    public const string GoodSubject = "vm007-datacenter1-us-east.internal.corp";
    public const string BadSubject = "vm666-datacenter9-eu-west.internal.corp";
    public const string Address = "192.0.2.10";
    public const string Uid = "https://localhost";
    public const string Issuer = "https://identity.demo.example";

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Program = OwnerOnly | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    /// <summary>What the issuer says of a VM in a region.</summary>
    public static JsonObject Attributes(string region) => new() { ["region"] = region, ["instance_role"] = "app-ratings" };

    /// <summary>What the platform team declares.</summary>
    public const string Manifests = $$"""
        apiVersion: networking.istio.io/v1
        kind: WorkloadGroup
        metadata:
          name: ratings
          namespace: bookinfo
          labels:
            app: ratings
        spec:
          template:
            labels:
              app: ratings
              class: vm
            serviceAccount: ratings-vm
            network: virtual-machines
            ports:
              http: 8080
        ---
        apiVersion: authorization.onboarding.tetrate.io/v1alpha1
        kind: OnboardingPolicy
        metadata:
          name: allow-onpremise-vms
          namespace: bookinfo
        spec:
          allow:
          - workloads:
            - jwt:
                issuer: {{Issuer}}
                subjects:
                - {{GoodSubject}}
                attributes:
                - name: region
                  values: [us-east]
            onboardTo:
            - workloadGroupSelector:
                matchLabels:
                  app: ratings
        ---
        apiVersion: networking.istio.io/v1
        kind: Sidecar
        metadata:
          name: ratings-no-iptables
          namespace: bookinfo
        spec:
          workloadSelector:
            labels:
              app: ratings
              class: vm
          ingress:
          - defaultEndpoint: 127.0.0.1:8080
            port:
              name: http
              number: 8080
              protocol: HTTP
          egress:
          - bind: 127.0.0.2
            port:
              name: http
              number: 9080
              protocol: HTTP
            hosts:
            - bookinfo/details.bookinfo.svc.cluster.local
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: istio
          namespace: istio-system
        data:
          mesh: |
            trustDomain: cluster.local
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: istio-sidecar-injector
          namespace: istio-system
        data:
          values: '{"global": {"multiCluster": {"clusterName": "demo"} } }'
        """;

    /// <summary>The mesh's root certificates, as istiod publishes them.</summary>
    public static string RootCertificates(string pem) => $"""
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: istio-ca-root-cert
          namespace: istio-system
        data:
          root-cert.pem: {JsonSerializer.Serialize(pem)}
        """;

    /// <summary>What the operator configures. Loopback is never a workload's address, so the demo trusts a documentation network (RFC 5737).</summary>
    public static string ControlPlane(string keySet) => $$"""
        apiVersion: install.tetrate.io/v1alpha1
        kind: ControlPlane
        metadata:
          name: controlplane
          namespace: istio-system
        spec:
          meshExpansion:
            customGateway:
              host: 192.0.2.1
            onboarding:
              uid: {{Uid}}
              endpoint:
                hosts:
                - localhost
                secretName: endpoint-tls
              workloads:
                heartbeatInterval: 5s
                authentication:
                  jwt:
                    issuers:
                    - issuer: {{Issuer}}
                      shortName: demo-corp
                      jwks: '{{keySet}}'
                      tokenFields:
                        attributes:
                          jsonPath: .attributes
                addresses:
                  trusted:
                  - 192.0.2.0/24
                deregistration:
                  propagationDelay: 1s
        """;

    /// <summary>What the VM's owner writes.</summary>
    public static string Onboarding(int port, string certificationAuthority) => $"""
        apiVersion: config.agent.onboarding.tetrate.io/v1alpha1
        kind: OnboardingConfiguration
        onboardingEndpoint:
          host: localhost
          port: {port}
          transportSecurity:
            tls:
              caFile: {certificationAuthority}
        workloadGroup:
          namespace: bookinfo
          name: ratings
        workload:
          labels:
            version: v5
        """;

    /// <summary>Where the VM's credential and addresses come from.</summary>
    public static string Agent(string credentialPlugin, string hostPlugin, string sidecarOutput) => $"""
        apiVersion: config.agent.onboarding.tetrate.io/v1alpha1
        kind: AgentConfiguration
        host:
          custom:
            credential:
            - plugin:
                name: demo-credential
                path: {credentialPlugin}
            hostinfo:
              plugin:
                name: demo-hostinfo
                path: {hostPlugin}
        sidecar:
          stdout:
            filename: {sidecarOutput}
          stderr:
            filename: {sidecarOutput}
        """;

    /// <summary>A plugin that answers every call alike.</summary>
    public static string Plugin(string reply) => $"""
        #!/bin/sh
        cat >/dev/null
        printf '%s\n' '{reply}'
        """;

    /// <summary>What a credential plugin answers.</summary>
    public static string Credential(string token) => new JsonObject
    {
        ["credential"] = new JsonObject
        {
            ["@type"] = "type.googleapis.com/tetrateio.api.onboarding.config.types.jwt.v1alpha1.JwtCredential",
            ["jwt"] = token,
        },
    }.ToJsonString();

    /// <summary>What a host-information plugin answers.</summary>
    public static string Host(string address) => new JsonObject
    {
        ["host"] = new JsonObject { ["addresses"] = new JsonArray(new JsonObject { ["ip"] = address, ["type"] = "VPC" }) },
    }.ToJsonString();

    /// <summary>Stands where Istio's package has its start script.</summary>
    public const string StartScript = """
        #!/bin/sh
        echo "stand-in for Istio's sidecar: started with ISTIO_SVC_IP from cluster.env"
        exec sleep 3600
        """;

    public static void WritePrivate(string path, string text)
    {
        using var stream = new FileStream(path, new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, UnixCreateMode = OwnerOnly });
        using var writer = new StreamWriter(stream);
        writer.Write(text);
    }

    public static void WriteProgram(string path, string text)
    {
        MakeDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text + "\n");
        File.SetUnixFileMode(path, Program);
    }

    // Step by step, and not as the umask has it: an agent runs nothing below a directory that a group may write to.
    private static void MakeDirectory(string path)
    {
        if (!Directory.Exists(path))
        {
            MakeDirectory(Path.GetDirectoryName(path)!);
            Directory.CreateDirectory(path, Program);
        }
    }
}
