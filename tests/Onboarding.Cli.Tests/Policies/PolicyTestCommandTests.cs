using System.Text.Json.Nodes;

namespace Onboarding.Cli.Tests.Policies;

public sealed class PolicyTestCommandTests : IDisposable
{
    private const string Subjects = """
        apiVersion: authorization.onboarding.tetrate.io/v1alpha1
        kind: OnboardingPolicy
        metadata:
          name: allow-onpremise-jwt-vms
          namespace: bookinfo
        spec:
          allow:
          - workloads:
            - jwt:
                issuer: "https://mycompany.corp"
                subjects:
                - "us-east-datacenter1-vm007"
                - "us-west-datacenter2-vm008"
            onboardTo:
            - workloadGroupSelector:
                matchLabels:
                  app: ratings
        """;

    private const string Attributes = """
        apiVersion: authorization.onboarding.tetrate.io/v1alpha1
        kind: OnboardingPolicy
        metadata:
          name: allow-onpremise-jwt-vms
          namespace: bookinfo
        spec:
          allow:
          - workloads:
            - jwt:
                issuer: "https://mycompany.corp"
                attributes:
                - name: "region"
                  values:
                  - "us-east"
                  - "us-west"
                - name: "instance_role"
                  values:
                  - "app-ratings"
            onboardTo:
            - workloadGroupSelector:
                matchLabels:
                  app: ratings
        """;

    private const string Aws = """
        apiVersion: authorization.onboarding.tetrate.io/v1alpha1
        kind: OnboardingPolicy
        metadata:
          name: allow-aws-ec2-vms
          namespace: bookinfo
        spec:
          allow:
          - workloads:
            - aws:
                partitions:
                - aws
                accounts:
                - '123456789012'
                regions:
                - ca-central-1
                zones:
                - ca-central-1b
                ec2: {}
            - aws:
                accounts:
                - '123456789012'
                ec2:
                  iamRoleNames:
                  - example-role
            onboardTo:
            - workloadGroupSelector: {}
        """;

    private readonly TemporaryDirectory directory = new();

    public PolicyTestCommandTests()
    {
        foreach (var app in (string[])["ratings", "reviews"])
        {
            directory.Write($"manifests/{app}.yaml", $$"""
                apiVersion: networking.istio.io/v1
                kind: WorkloadGroup
                metadata:
                  name: {{app}}
                  namespace: bookinfo
                  labels:
                    app: {{app}}
                spec:
                  template: {}
                """);
        }
    }

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task RunAsync_DocumentedSubjects_AllowsThemAndNothingElse()
    {
        directory.Write("manifests/policy.yaml", Subjects);

        var run = await TestAsync(
            Jwt("us-east-datacenter1-vm007", "ratings", "allow"),
            Jwt("us-west-datacenter2-vm008", "ratings", "allow"),
            Jwt("us-east-datacenter1-vm007", "reviews", "deny"),
            Jwt("us-east-datacenter1-vm009", "ratings", "deny"),
            Jwt("us-east-datacenter1-vm007", "ratings", "deny", issuer: "https://mycompany.corp/"),
            Jwt("us-east-datacenter1-vm007", "invented", "deny"),
            Jwt("us-east-datacenter1-vm007", "ratings", "deny", ns: "invented"));

        run.Error.ShouldBeEmpty();
        run.ExitCode.ShouldBe(ExitCodes.Ok);
        var lines = Lines(run);
        lines.Length.ShouldBe(7);
        lines[0].ShouldBe("""{"decision":"allow","policy":"allow-onpremise-jwt-vms","rule":0,"reason":"policy \"allow-onpremise-jwt-vms\", rule 0, workload 0 allows it"}""");
        lines[3].ShouldStartWith("""{"decision":"deny","policy":null,"rule":null,"reason":"policy \"allow-onpremise-jwt-vms\", rule 0""");
    }

    [Fact]
    public async Task RunAsync_DocumentedAttributes_AllowsThemAndNothingElse()
    {
        directory.Write("manifests/policy.yaml", Attributes);

        var run = await TestAsync(
            Jwt("vm", "ratings", "allow", attributes: """{"region":"us-east","instance_role":"app-ratings"}"""),
            Jwt("vm", "ratings", "allow", attributes: """{"region":"us-west","instance_role":"app-ratings","more":"x"}"""),
            Jwt("vm", "ratings", "deny", attributes: """{"region":"us-north","instance_role":"app-ratings"}"""),
            Jwt("vm", "ratings", "deny", attributes: """{"region":"us-east"}"""),
            Jwt("vm", "ratings", "deny", attributes: """{"instance_role":"app-ratings"}"""),
            Jwt("vm", "ratings", "deny"),
            Jwt("vm", "reviews", "deny", attributes: """{"region":"us-east","instance_role":"app-ratings"}"""));

        run.Error.ShouldBeEmpty();
        run.ExitCode.ShouldBe(ExitCodes.Ok);
    }

    [Fact]
    public async Task RunAsync_DocumentedAws_NamesTheRuleThatAllowed()
    {
        directory.Write("manifests/policy.yaml", Aws);

        var run = await TestAsync(
            Ec2("ca-central-1", "ca-central-1b", role: null, "allow"),
            Ec2("us-east-1", "us-east-1a", "example-role", "allow"),
            Ec2("us-east-1", "us-east-1a", "other-role", "deny"),
            Ec2("ca-central-1", "ca-central-1a", role: null, "deny"));

        run.Error.ShouldBeEmpty();
        run.ExitCode.ShouldBe(ExitCodes.Ok);
        JsonNode.Parse(Lines(run)[1])!["rule"]!.GetValue<int>().ShouldBe(0);
    }

    [Fact]
    public async Task RunAsync_ExpectationNotMet_SaysWhichLineAndExits1()
    {
        directory.Write("manifests/policy.yaml", Subjects);

        var run = await TestAsync(Jwt("us-east-datacenter1-vm007", "ratings", "allow"), "", Jwt("stranger", "ratings", "allow"));

        run.ExitCode.ShouldBe(ExitCodes.NotMet);
        Lines(run).Length.ShouldBe(2);
        run.Error.ShouldContain("cases.jsonl:3: expected allow, got deny: ");
    }

    [Fact]
    public async Task RunAsync_NoExpectations_Exits0()
    {
        var run = await TestAsync(Jwt("stranger", "ratings", expect: null));

        run.ExitCode.ShouldBe(ExitCodes.Ok);
        Lines(run).ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("not json", "cases.jsonl:2: ")]
    [InlineData("[]", "cases.jsonl:2: must be an object")]
    [InlineData("{}", "cases.jsonl:2: identity: is required")]
    [InlineData("""{"identity":{"jwt":{"issuer":"https://a"}},"workloadGroup":{"namespace":"a","name":"b"}}""", "cases.jsonl:2: identity.jwt.subject: is required")]
    [InlineData("""{"identity":{"jwt":{"issuer":"https://a","subject":"x"}},"workloadGroup":{"namespace":"a"}}""", "cases.jsonl:2: workloadGroup.name: is required")]
    [InlineData("""{"identity":{"jwt":{"issuer":"https://a","subject":"x"}},"workloadGroup":{"namespace":"a","name":"b"},"expects":"allow"}""", "cases.jsonl:2: expects: is not known here")]
    [InlineData("""{"identity":{"jwt":{"issuer":"https://a","subject":"x"}},"workloadGroup":{"namespace":"a","name":"b"},"expect":"Allow"}""", "cases.jsonl:2: expect: must be allow or deny")]
    public async Task RunAsync_LineThatIsNoCase_SaysWhichAndWhyAndDecidesNothing(string line, string expected)
    {
        var run = await TestAsync(Jwt("vm", "ratings", expect: null), line);

        run.ExitCode.ShouldBe(ExitCodes.Failed);
        run.Output.ShouldBeEmpty();
        run.Error.ShouldContain(expected);
    }

    [Fact]
    public async Task RunAsync_InvalidPolicy_AuthorizesNobodyAndIsReportedWithFileAndField()
    {
        var file = directory.Write("manifests/policy.yaml", Subjects.Replace("subjects:", "subject:", StringComparison.Ordinal));

        var run = await TestAsync(Jwt("us-east-datacenter1-vm007", "ratings", "deny"));

        run.ExitCode.ShouldBe(ExitCodes.Ok);
        run.Error.ShouldContain($"{file}:11: spec.allow[0].workloads[0].jwt.subject");
    }

    [Fact]
    public async Task RunAsync_BrokenManifest_Exits2EvenIfEveryExpectationIsMet()
    {
        directory.Write("manifests/broken.yaml", "kind: [");

        var run = await TestAsync(Jwt("vm", "ratings", "deny"));

        run.ExitCode.ShouldBe(ExitCodes.Failed);
        Lines(run).ShouldHaveSingleItem();
        run.Error.ShouldContain("broken.yaml:");
    }

    [Fact]
    public async Task RunAsync_Config_CountsItsIssuersAndDenyList()
    {
        directory.Write("manifests/policy.yaml", Subjects);
        var config = directory.Write("config.yaml", """
            apiVersion: install.tetrate.io/v1alpha1
            kind: ControlPlane
            spec:
              meshExpansion:
                onboarding:
                  endpoint:
                    hosts: [onboarding.example]
                    secretName: tls
                  workloads:
                    authentication:
                      jwt:
                        issuers:
                        - issuer: https://mycompany.corp
                          shortName: my-corp
                    denied:
                    - jwt: {issuer: https://mycompany.corp, subject: us-west-datacenter2-vm008}
            """);
        var cases = directory.Write("cases.jsonl", string.Join('\n',
            Jwt("us-east-datacenter1-vm007", "ratings", "allow"),
            Jwt("us-west-datacenter2-vm008", "ratings", "deny"),
            Jwt("vm", "ratings", "deny", issuer: "https://other.example")));

        var run = await Cli.RunAsync("policy", "test", "--manifests", directory.PathOf("manifests"), "--cases", cases, "--config", config);

        run.ExitCode.ShouldBe(ExitCodes.Ok, run.Error);
        Lines(run)[1].ShouldContain("the deny list names");
        Lines(run)[2].ShouldContain("is not configured");
    }

    [Fact]
    public async Task RunAsync_BadConfig_SaysWhatIsWrongAndExits2()
    {
        var config = directory.Write("config.yaml", "spec: {}\n");
        var cases = directory.Write("cases.jsonl", Jwt("vm", "ratings", expect: null));

        var run = await Cli.RunAsync("policy", "test", "--manifests", directory.PathOf("manifests"), "--cases", cases, "--config", config);

        run.ExitCode.ShouldBe(ExitCodes.Failed);
        run.Error.ShouldContain("config.yaml:");
    }

    [Fact]
    public async Task RunAsync_FileOrDirectoryThatIsNotThere_Exits2()
    {
        var cases = directory.Write("cases.jsonl", Jwt("vm", "ratings", expect: null));

        (await Cli.RunAsync("policy", "test", "--manifests", directory.PathOf("nowhere"), "--cases", cases)).ExitCode.ShouldBe(ExitCodes.Failed);
        (await Cli.RunAsync("policy", "test", "--manifests", directory.PathOf("manifests"), "--cases", "nowhere")).ExitCode.ShouldBe(ExitCodes.Failed);
        (await Cli.RunAsync("policy", "test", "--cases", cases)).ExitCode.ShouldBe(ExitCodes.Failed);
    }

    private static string[] Lines(Cli run) => run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static string Jwt(string subject, string group, string? expect, string issuer = "https://mycompany.corp", string attributes = "{}", string ns = "bookinfo") =>
        Case($$$"""{"jwt":{"issuer":"{{{issuer}}}","subject":"{{{subject}}}","attributes":{{{attributes}}}}}""", group, expect, ns);

    private static string Ec2(string region, string zone, string? role, string expect)
    {
        var machine = new JsonObject { ["instanceId"] = "i-1234567890abcdef0" };
        if (role is not null)
        {
            machine["iamRole"] = new JsonObject { ["name"] = role };
        }

        var aws = new JsonObject { ["partition"] = "aws", ["account"] = "123456789012", ["region"] = region, ["zone"] = zone, ["ec2"] = machine };
        return Case(new JsonObject { ["aws"] = aws }.ToJsonString(), "ratings", expect, "bookinfo");
    }

    private static string Case(string identity, string group, string? expect, string ns) =>
        $$$"""{"identity":{{{identity}}},"workloadGroup":{"namespace":"{{{ns}}}","name":"{{{group}}}"}{{{(expect is null ? "" : $",\"expect\":\"{expect}\"")}}}}""";

    private Task<Cli> TestAsync(params string[] cases) => Cli.RunAsync(
        "policy", "test", "--manifests", directory.PathOf("manifests"), "--cases", directory.Write("cases.jsonl", string.Join('\n', cases) + "\n"));
}
