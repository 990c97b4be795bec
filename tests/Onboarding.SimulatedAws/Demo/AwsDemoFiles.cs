namespace Onboarding.SimulatedAws.Demo;

/// <summary>The texts of the demo.</summary>
internal static class AwsDemoFiles
{
    public const string Region = "us-east-2";

    /// <summary>What the platform team declares: one group for instances of one role, one for tasks of another.</summary>
    public const string Manifests = """
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
            serviceAccount: ratings-vm
        ---
        apiVersion: networking.istio.io/v1
        kind: WorkloadGroup
        metadata:
          name: reviews
          namespace: bookinfo
          labels:
            app: reviews
        spec:
          template:
            labels:
              app: reviews
            serviceAccount: reviews-task
        ---
        apiVersion: authorization.onboarding.tetrate.io/v1alpha1
        kind: OnboardingPolicy
        metadata:
          name: allow-narrow-subset-of-instances
          namespace: bookinfo
        spec:
          allow:
          - workloads:
            - aws:
                partitions: [aws]
                accounts: ['123456789012']
                regions: [us-east-2]
                zones: [us-east-2b]
                ec2:
                  iamRoleNames: [ratings-role]
            onboardTo:
            - workloadGroupSelector:
                matchLabels:
                  app: ratings
        ---
        apiVersion: authorization.onboarding.tetrate.io/v1alpha1
        kind: OnboardingPolicy
        metadata:
          name: allow-tasks-of-the-reviews-role
          namespace: bookinfo
        spec:
          allow:
          - workloads:
            - aws:
                accounts: ['123456789012']
                ecs:
                  clusters: [production]
                  iamRoleNames: [reviews-role]
            onboardTo:
            - workloadGroupSelector:
                matchLabels:
                  app: reviews
        """;

    /// <summary>What the operator configures. An instance's address is in its signed document; a task's must lie in a network that is trusted.</summary>
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
              uid: https://localhost
              endpoint:
                hosts: [localhost]
                secretName: endpoint-tls
              workloads:
                authentication:
                  aws:
                    trustBundle: aws-trust
                    stsEndpoints:
                      {{Region}}: {{sts.OriginalString}}
                addresses:
                  trusted: [10.0.2.0/24]
                deregistration:
                  propagationDelay: 1s
        """;

    /// <summary>What the machine's owner writes.</summary>
    public static string Onboarding(int port, string certificationAuthority, string group) => $"""
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
          name: {group}
        """;

    /// <summary>The same file on every machine at AWS: the agent finds out by itself which kind it is.</summary>
    public static string Agent(string sidecarOutput) => $$"""
        apiVersion: config.agent.onboarding.tetrate.io/v1alpha1
        kind: AgentConfiguration
        host:
          auto: {}
        sidecar:
          stdout:
            filename: {{sidecarOutput}}
          stderr:
            filename: {{sidecarOutput}}
        """;
}
