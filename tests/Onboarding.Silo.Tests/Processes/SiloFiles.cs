using System.Text.Json;
using Onboarding.Core.Sessions;
using Onboarding.TestKit.Data;
using Onboarding.TestKit.Issuers;

namespace Onboarding.Silo.Tests.Processes;

/// <summary>What the silos of one cluster share: configuration, manifests, certificates, signing keys and the directory of registrations.</summary>
internal sealed class SiloFiles : IDisposable
{
    /// <summary>The audience of credentials.</summary>
    public const string Uid = "https://onboarding.example";

    private readonly TemporaryDirectory root = new();

    /// <param name="pki">Issues the endpoint's certificate.</param>
    /// <param name="issuer">The issuer of agents' credentials.</param>
    /// <param name="orleans">The section <c>Orleans</c> of <c>appsettings.json</c>.</param>
    /// <param name="gracePeriod">How long a workload that is disconnected stays, with the shortest heartbeats there are; null: what holds by default.</param>
    public SiloFiles(TestPki pki, string issuer, object orleans, TimeSpan? gracePeriod = null)
    {
        Directory.CreateDirectory(Manifests);
        pki.Write(Path.Combine(root.Path, "onboarding-tls"), "localhost", "127.0.0.1");
        pki.Write(SiloTls, "onboarding");
        pki.WriteAuthority(Path.Combine(root.Path, "issuer-ca.pem"));
        File.WriteAllBytes(Keys, SigningKeySet.Create(TimeProvider.System.GetUtcNow()).ToJson());
        File.WriteAllText(Config, ControlPlane(issuer, Uid, gracePeriod));
        File.WriteAllText(Path.Combine(Manifests, "ratings.yaml"), Ratings(issuer));
        File.WriteAllText(Path.Combine(root.Path, "appsettings.json"), JsonSerializer.Serialize(new { Orleans = orleans }));
    }

    public string Root => root.Path;

    public string Config => Path.Combine(root.Path, "control-plane.yaml");

    public string Manifests => Path.Combine(root.Path, "manifests");

    public string Data => Path.Combine(root.Path, "data");

    /// <summary>The silos' certificate.</summary>
    public string SiloTls => Path.Combine(root.Path, "silo-tls");

    public string Keys => Path.Combine(root.Path, "signing-keys.json");

    /// <summary>Names of the registrations that are written.</summary>
    public string[] Written() => Directory.Exists(Path.Combine(Data, "registrations"))
        ? [.. Directory.EnumerateFiles(Path.Combine(Data, "registrations"), "*.yaml", SearchOption.AllDirectories).Select(file => Path.GetFileNameWithoutExtension(file))]
        : [];

    public void Dispose() => root.Dispose();

    private static string ControlPlane(string issuer, string uid, TimeSpan? gracePeriod) => $$"""
        apiVersion: install.tetrate.io/v1alpha1
        kind: ControlPlane
        spec:
          meshExpansion:
            onboarding:
              uid: {{uid}}
              endpoint:
                hosts: [localhost]
                secretName: onboarding-tls
              workloads:
                heartbeatInterval: {{(gracePeriod is null ? "30s" : "5s")}}
                deregistration:
                  gracePeriod: {{gracePeriod?.TotalSeconds ?? 300}}s
                addresses:
                  trusted: [10.0.0.0/8]
                authentication:
                  jwt:
                    issuers:
                    - issuer: {{issuer}}
                      shortName: test
                      caFile: issuer-ca.pem
        """;

    private static string Ratings(string issuer) => $$"""
        apiVersion: networking.istio.io/v1
        kind: WorkloadGroup
        metadata:
          name: ratings
          namespace: bookinfo
          labels:
            app: ratings
        spec:
          metadata:
            labels:
              app: ratings
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
                issuer: {{issuer}}
            onboardTo:
            - workloadGroupSelector:
                matchLabels:
                  app: ratings
        """;
}
