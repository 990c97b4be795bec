using Microsoft.Data.Sqlite;
using Onboarding.TestKit.Issuers;

namespace Onboarding.Standalone.Tests;

/// <summary>A configuration, manifests and a certificate for a standalone endpoint on loopback, in a directory of their own.</summary>
internal sealed class StandaloneFiles : IDisposable
{
    /// <summary>The audience of credentials.</summary>
    public const string Uid = "https://onboarding.example";

    private readonly TemporaryDirectory root = new();

    private readonly string? uid;

    public StandaloneFiles(TestPki pki, string issuer, string? uid = Uid)
    {
        this.uid = uid;
        Directory.CreateDirectory(Manifests);
        pki.Write(Tls, "localhost", "127.0.0.1");
        pki.WriteAuthority(Path.Combine(root.Path, "issuer-ca.pem"));
        WriteConfig(issuer);
        File.WriteAllText(Path.Combine(Manifests, "ratings.yaml"), Ratings(issuer));
    }

    public string Config => Path.Combine(root.Path, "control-plane.yaml");

    public string Manifests => Path.Combine(root.Path, "manifests");

    public string Tls => Path.Combine(root.Path, "onboarding-tls");

    public string Data => Path.Combine(root.Path, "data");

    public string Registrations => Path.Combine(Data, "registrations");

    public void WriteConfig(string issuer) => File.WriteAllText(Config, $$"""
        apiVersion: install.tetrate.io/v1alpha1
        kind: ControlPlane
        spec:
          meshExpansion:
            onboarding:
              {{(uid is null ? "" : $"uid: {uid}")}}
              endpoint:
                hosts: [localhost]
                secretName: onboarding-tls
              workloads:
                addresses:
                  trusted: [10.0.0.0/8]
                authentication:
                  jwt:
                    issuers:
                    - issuer: {{issuer}}
                      shortName: test
                      caFile: issuer-ca.pem
        """);

    /// <summary>How many rows of a kind the database has; null: of any.</summary>
    public long CountRows(string? kind = null)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(Data, "entities.db")};Mode=ReadOnly;Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM entities WHERE $kind IS NULL OR kind = $kind";
        command.Parameters.AddWithValue("$kind", (object?)kind ?? DBNull.Value);
        return (long)command.ExecuteScalar()!;
    }

    public void Dispose() => root.Dispose();

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
            ports:
              http: 9080
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
