using Onboarding.Yaml.AgentFiles;
using Onboarding.Yaml.Fields;

namespace Onboarding.Yaml.Tests.AgentFiles;

public class OnboardingConfigurationReaderTests
{
    private const string Minimal = """
        apiVersion: config.agent.onboarding.tetrate.io/v1alpha1
        kind: OnboardingConfiguration
        onboardingEndpoint:                            # connect to
          host: onboarding-endpoint.your-company.corp
        workloadGroup:                                 # join to
          namespace: bookinfo
          name: ratings

        """;

    private const string Full = """
        apiVersion: config.agent.onboarding.tetrate.io/v1alpha1
        kind: OnboardingConfiguration
        onboardingEndpoint:
          host: 203.0.113.7
          port: 8443
          uid: https://onboarding-endpoint.example
          transportSecurity:
            tls:
              sni: onboarding-endpoint.example
              caFile: /etc/onboarding-agent/ca.pem
        workloadGroup:
          namespace: bookinfo
          name: ratings
        workload:
          labels:
            version: v5
        settings:
          connectedOver: INTERNET

        """;

    private readonly ProblemList problems = new();

    [Fact]
    public void Read_Minimal_HasTheDefaults()
    {
        var read = Read(Minimal)!;

        read.Endpoint.ShouldBe(new EndpointConfiguration { Host = "onboarding-endpoint.your-company.corp", Port = 15443, Tls = new TlsConfiguration(), Uid = null });
        (read.GroupNamespace, read.GroupName, read.ConnectedOver).ShouldBe(("bookinfo", "ratings", ConnectedOver.Vpc));
        read.Labels.ShouldBeEmpty();
        problems.Items.ShouldBeEmpty();
    }

    [Fact]
    public void Read_Full_HasEveryField()
    {
        var read = Read(Full)!;

        read.Endpoint.ShouldBe(new EndpointConfiguration
        {
            Host = "203.0.113.7",
            Port = 8443,
            Tls = new TlsConfiguration("onboarding-endpoint.example", InsecureSkipVerify: false, "/etc/onboarding-agent/ca.pem"),
            Uid = "https://onboarding-endpoint.example",
        });
        read.Labels["version"].ShouldBe("v5");
        read.ConnectedOver.ShouldBe(ConnectedOver.Internet);
        problems.Items.ShouldBeEmpty();
    }

    [Fact]
    public void Read_JsonInSnakeCase_IsTheSame()
    {
        var read = Read("""
            {"apiVersion":"config.agent.onboarding.tetrate.io/v1alpha1","kind":"OnboardingConfiguration",
             "onboarding_endpoint":{"host":"a.example","port":"8443","transport_security":{"tls":{"insecure_skip_verify":true}}},
             "workload_group":{"namespace":"bookinfo","name":"ratings"},"settings":{"connected_over":"VPC"}}
            """)!;

        read.Endpoint.ShouldBe(new EndpointConfiguration { Host = "a.example", Port = 8443, Tls = new TlsConfiguration(InsecureSkipVerify: true) });
        problems.Items.Single().ToString().ShouldBe(
            "onboarding.config.yaml:2: warning: onboardingEndpoint.transportSecurity.tls.insecureSkipVerify: anybody can pretend to be the endpoint; not for production");
    }

    [Fact]
    public void Read_NoTransportSecurity_HasNoTls()
    {
        Read(Minimal.Replace("  host:", "  transportSecurity: {none: {}}\n  host:", StringComparison.Ordinal))!.Endpoint.Tls.ShouldBeNull();
        problems.Items.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("corp\n", "corp\n  port: 0\n", "5: onboardingEndpoint.port: must be between 1 and 65535")]
    [InlineData("corp\n", "corp\n  port: 70000\n", "5: onboardingEndpoint.port: must be between 1 and 65535")]
    [InlineData("corp\n", "corp\n  prot: 1\n", "5: onboardingEndpoint.prot: unknown field; did you mean port?")]
    [InlineData("corp\n", "corp\n  transportSecurity: {tls: {}, none: {}}\n", "5: onboardingEndpoint.transportSecurity.none: only one of tls, none may be there")]
    [InlineData("corp\n", "corp\n  transportSecurity: {none: true}\n", "5: onboardingEndpoint.transportSecurity.none: must be a mapping, not a boolean")]
    [InlineData("corp\n", "corp\n  uid: ''\n", "5: onboardingEndpoint.uid: must not be empty")]
    [InlineData("host: onb", "host: https://onb", "4: onboardingEndpoint.host: must be a host name or an IP address, without scheme, brackets and port")]
    [InlineData("company.corp", "company.corp:443", "4: onboardingEndpoint.host: must be a host name or an IP address, without scheme, brackets and port")]
    [InlineData("  host", "  tsoh", "3: onboardingEndpoint.host: is required")]
    [InlineData("bookinfo", "Book_info", "6: workloadGroup.namespace: must be an RFC 1123 label: at most 63 lower-case letters, digits and '-', first and last a letter or digit")]
    [InlineData("name: ratings", "name: 7", "7: workloadGroup.name: must be a string, not a number; put it in quotes")]
    [InlineData("name: ratings", "nmae: ratings", "5: workloadGroup.name: is required")]
    [InlineData("v1alpha1", "v1", "1: apiVersion: must be config.agent.onboarding.tetrate.io/v1alpha1")]
    [InlineData("kind: Onb", "kind: onb", "2: kind: must be OnboardingConfiguration")]
    [InlineData("ratings\n", "ratings\nworkload: {labels: {version: 5}}\n", "8: workload.labels[version]: must be a string, not a number; put it in quotes")]
    [InlineData("ratings\n", "ratings\nworkload: {labels: {-a: b}}\n", "8: workload.labels[-a]: is no label key: at most 63 letters, digits, '-', '_' and '.', first and last a letter or digit, after an optional DNS prefix and '/'")]
    [InlineData("ratings\n", "ratings\nsettings: {connectedOver: WAN}\n", "8: settings.connectedOver: must be one of VPC, INTERNET")]
    [InlineData("ratings\n", "ratings\nspec: {}\n", "8: spec: unknown field")]
    [InlineData("ratings\n", "ratings\n---\na: 1\n", "1: must hold one document only")]
    [InlineData("ratings\n", "ratings\nworkloadGroup: {}\n", "8: key \"workloadGroup\" is there twice; it is first in line 5")]
    public void Read_Wrong_NamesLineAndField(string replaced, string by, string problem)
    {
        Read(Minimal.Replace(replaced, by, StringComparison.Ordinal)).ShouldBeNull();
        string.Join('\n', problems.Items).ShouldContain($"onboarding.config.yaml:{problem}", Case.Sensitive);
    }

    [Fact]
    public void Read_TooManyLabels_IsReported()
    {
        var labels = string.Join(", ", Enumerable.Range(0, 17).Select(i => $"l{i}: v"));

        Read($"{Minimal}workload: {{labels: {{{labels}}}}}\n").ShouldBeNull();
        problems.Items.Single().WithoutPlace.ShouldBe("workload: must have at most 16 labels");
    }

    [Fact]
    public void Read_Empty_IsReported()
    {
        Read("# nothing\n").ShouldBeNull();
        problems.Items.Single().ToString().ShouldBe("onboarding.config.yaml:1: is empty");
    }

    private OnboardingConfiguration? Read(string text) => OnboardingConfigurationReader.Read(text, "onboarding.config.yaml", problems);
}
