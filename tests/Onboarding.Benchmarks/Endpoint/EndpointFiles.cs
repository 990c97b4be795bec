using Onboarding.TestKit.Issuers;

namespace Onboarding.Benchmarks.Endpoint;

/// <summary>What an endpoint is configured with here.</summary>
internal sealed class EndpointFiles : IDisposable
{
    public const string Issuer = "https://issuer.example";
    public const string Uid = "https://onboarding.example";
    private readonly DirectoryInfo root = Directory.CreateTempSubdirectory("endpoint-cost-");

    public EndpointFiles(TestPki pki, string keySet, string heartbeatInterval = "30s")
    {
        Directory.CreateDirectory(Manifests);
        pki.Write(Tls, "localhost", "127.0.0.1");
        File.WriteAllText(Config, $$"""
            apiVersion: install.tetrate.io/v1alpha1
            kind: ControlPlane
            spec:
              meshExpansion:
                onboarding:
                  uid: {{Uid}}
                  endpoint:
                    hosts: [localhost]
                    secretName: tls
                  workloads:
                    heartbeatInterval: {{heartbeatInterval}}
                    addresses:
                      trusted: [10.0.0.0/8]
                    authentication:
                      jwt:
                        issuers:
                        - issuer: {{Issuer}}
                          shortName: bench
                          jwks: '{{keySet}}'
            """);
        File.WriteAllText(Path.Combine(Manifests, "ratings.yaml"), $$"""
            apiVersion: networking.istio.io/v1
            kind: WorkloadGroup
            metadata:
              name: ratings
              namespace: bookinfo
              labels:
                app: ratings
            spec:
              template:
                serviceAccount: bookinfo-ratings
            ---
            apiVersion: authorization.onboarding.tetrate.io/v1alpha1
            kind: OnboardingPolicy
            metadata:
              name: ratings
              namespace: bookinfo
            spec:
              allow:
              - workloads:
                - jwt:
                    issuer: {{Issuer}}
                onboardTo:
                - workloadGroupSelector:
                    matchLabels:
                      app: ratings
            """);
    }

    public string Root => root.FullName;

    public string Config => Path.Combine(root.FullName, "control-plane.yaml");

    public string Manifests => Path.Combine(root.FullName, "manifests");

    public string Tls => Path.Combine(root.FullName, "tls");

    public string Data => Path.Combine(root.FullName, "data");

    public void Dispose() => root.Delete(recursive: true);
}
