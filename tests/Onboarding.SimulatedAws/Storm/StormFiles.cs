namespace Onboarding.SimulatedAws.Storm;

/// <summary>The texts of the storm: one group, open to every instance of one account.</summary>
internal static class StormFiles
{
    public const string Uid = "https://localhost";
    public const string Host = "localhost";
    public const string Namespace = "bookinfo";
    public const string Group = "ratings";
    public const string Account = "123456789012";
    public const string Region = "us-east-2";

    public const string Manifests = $$"""
        apiVersion: networking.istio.io/v1
        kind: WorkloadGroup
        metadata:
          name: {{Group}}
          namespace: {{Namespace}}
        spec:
          template:
            serviceAccount: ratings-vm
        ---
        apiVersion: authorization.onboarding.tetrate.io/v1alpha1
        kind: OnboardingPolicy
        metadata:
          name: allow-aws-ec2-vms
          namespace: {{Namespace}}
        spec:
          allow:
          - workloads:
            - aws:
                accounts: ['{{Account}}']
                ec2: {}
            onboardTo:
            - workloadGroupSelector: {}
        """;

    public static string ControlPlane(Uri sts) => $$"""
        apiVersion: install.tetrate.io/v1alpha1
        kind: ControlPlane
        metadata:
          name: controlplane
        spec:
          meshExpansion:
            customGateway:
              host: 192.0.2.1
            onboarding:
              uid: {{Uid}}
              endpoint:
                hosts: [{{Host}}]
                secretName: endpoint-tls
              workloads:
                authentication:
                  aws:
                    trustBundle: aws-trust
                    stsEndpoints:
                      {{Region}}: {{sts.OriginalString}}
        """;
}
