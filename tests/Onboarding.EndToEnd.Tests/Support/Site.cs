using Onboarding.TestKit.Issuers;

namespace Onboarding.EndToEnd.Tests.Support;

/// <summary>A temporary directory with what an endpoint is started from: configuration, TLS secret, and the bookinfo groups <c>ratings</c> and <c>reviews</c>, open to one issuer or one AWS account.</summary>
internal sealed class Site : IDisposable
{
    private const string Ratings = """
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
        apiVersion: networking.istio.io/v1
        kind: WorkloadGroup
        metadata:
          name: reviews
          namespace: bookinfo
        spec:
          template:
            serviceAccount: bookinfo-reviews
        """;

    /// <summary>Makes one for an endpoint of a uid on 127.0.0.1.</summary>
    public Site(TestPki pki, TestIssuer issuer, string uid)
        : this(pki, uid, "127.0.0.1", Jwt(issuer.Issuer), AllowVm007(issuer.Issuer))
    {
    }

    /// <summary>Makes one for an endpoint of a uid and a host, with the <c>authentication</c> and the policy that are given.</summary>
    public Site(TestPki pki, string uid, string host, string authentication, string policy)
    {
        Uid = uid;
        Root = Directory.CreateTempSubdirectory("onboarding-site-").FullName;
        pki.Write(Path.Combine(Root, "onboarding-tls"), "127.0.0.1", host);
        Directory.CreateDirectory(Manifests);
        File.WriteAllText(Config, ControlPlane(uid, host, authentication));
        File.WriteAllText(Group, Ratings);
        File.WriteAllText(Policy, policy);
    }

    /// <summary>Variables that the endpoint gets besides.</summary>
    public (string Name, string Value)[] Environment { get; init; } = [];

    /// <summary>The endpoint's uid.</summary>
    public string Uid { get; }

    /// <summary>The directory.</summary>
    public string Root { get; }

    /// <summary>The ControlPlane file.</summary>
    public string Config => Path.Combine(Root, "controlplane.yaml");

    /// <summary>The directory of manifests.</summary>
    public string Manifests => Path.Combine(Root, "manifests");

    /// <summary>The manifest of the group.</summary>
    public string Group => Path.Combine(Manifests, "ratings.yaml");

    /// <summary>The manifest that lets vm007 in.</summary>
    public string Policy => Path.Combine(Manifests, "allow-vms.yaml");

    /// <summary>The files of the registrations that the endpoint has written.</summary>
    public string[] Registrations
    {
        get
        {
            var directory = Path.Combine(Data, "registrations", "bookinfo");
            return Directory.Exists(directory) ? Directory.GetFiles(directory, "*.yaml") : [];
        }
    }

    /// <summary>The data directory; the endpoint makes it.</summary>
    public string Data => Path.Combine(Root, "data");

    /// <summary>Replaces a text in the group's manifest.</summary>
    public void ChangeGroup(string before, string after) => File.WriteAllText(Group, File.ReadAllText(Group).Replace(before, after, StringComparison.Ordinal));

    public void Dispose() => Directory.Delete(Root, recursive: true);

    private static string ControlPlane(string uid, string host, string authentication) => $"""
        apiVersion: install.tetrate.io/v1alpha1
        kind: ControlPlane
        metadata:
          name: controlplane
        spec:
          meshExpansion:
            onboarding:
              uid: {uid}
              endpoint:
                hosts: ["{host}"]
                secretName: onboarding-tls
              workloads:
                authentication: {authentication}
                addresses:
                  trusted: ["192.0.2.0/24"]
                heartbeatInterval: 5s
                authorizationWithdrawalDelay: 2s
                deregistration:
                  propagationDelay: 1s
        """;

    private static string Jwt(string issuer) =>
        $$"""{"jwt": {"issuers": [{"issuer": "{{issuer}}", "shortName": "test", "caFile": "onboarding-tls/ca.crt"}]} }""";

    private static string AllowVm007(string issuer) => $$"""
        apiVersion: authorization.onboarding.tetrate.io/v1alpha1
        kind: OnboardingPolicy
        metadata:
          name: allow-vms
          namespace: bookinfo
        spec:
          allow:
          - workloads:
            - jwt:
                issuer: {{issuer}}
                subjects: ["vm007"]
            onboardTo:
            - workloadGroupSelector: {}
        """;
}
