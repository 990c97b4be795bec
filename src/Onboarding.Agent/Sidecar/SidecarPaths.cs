namespace Onboarding.Agent.Sidecar;

/// <summary>Where Istio's package expects its files, and where the agent keeps its own; as seen from the root.</summary>
internal static class SidecarPaths
{
    public const string ClusterEnvironment = "/var/lib/istio/envoy/cluster.env";
    public const string MeshConfiguration = "/etc/istio/config/mesh";
    public const string RootCertificate = "/etc/certs/root-cert.pem";
    public const string Key = "/etc/certs/key.pem";
    public const string CertificateChain = "/etc/certs/cert-chain.pem";
    public const string Token = "/var/run/secrets/tokens/istio-token";
    public const string Hosts = "/etc/hosts";
    public const string HostsCopy = "/etc/hosts.before-onboarding-agent";
    public const string StartScript = "/usr/local/bin/istio-start.sh";
    public const string PilotAgent = "/usr/local/bin/pilot-agent";
    public const string RunningSidecar = "/run/onboarding-agent/sidecar.json";
    public const string Handover = "/run/onboarding-agent/handover";
    public const string User = "istio-proxy";
}
