using Onboarding.Core.Resources;
using Onboarding.Core.Resources.Reading;
using Onboarding.Yaml.Fields;
using Onboarding.Yaml.Nodes;

namespace Onboarding.Core.Tests.Resources.Reading;

public class OnboardingPolicyReaderTests
{
    private const string Head = """
        apiVersion: authorization.onboarding.tetrate.io/v1alpha1
        kind: OnboardingPolicy
        metadata:
          name: a-policy
          namespace: bookinfo

        """;

    private readonly ProblemList problems = new();

    [Fact]
    public void Read_AnyInstanceOfAnAccount_IsOneMatcherAndTheSelectorOfEverything()
    {
        var rule = ReadValid("""
            spec:
              allow:
              - workloads:
                - aws:
                    accounts:
                    - '123456789012'
                    - '234567890123'
                    ec2: {} # any AWS EC2 instance from the above account(s)
                onboardTo:
                - workloadGroupSelector: {} # any WorkloadGroup from that namespace
            """).Allow.Single();

        var matcher = rule.Workloads.Single().ShouldBeOfType<AwsIdentityMatcher>();
        matcher.Accounts.ShouldBe(["123456789012", "234567890123"]);
        matcher.Kind.ShouldBe(AwsMachineKind.Ec2);
        (matcher.Partitions.Length + matcher.Regions.Length + matcher.Zones.Length + matcher.IamRoleNames.Length + matcher.Clusters.Length).ShouldBe(0);
        rule.OnboardTo.Single().MatchLabels.ShouldBeEmpty();
        rule.OnboardTo.Single().MatchExpressions.ShouldBeEmpty();
    }

    [Fact]
    public void Read_EveryConstraintOnMachines_IsKept()
    {
        var rule = ReadValid("""
            spec:
              allow:
              - workloads:
                - aws:
                    partitions: [aws]
                    accounts: ['123456789012']
                    regions: [ca-central-1]
                    zones: [ca-central-1b]
                    ec2: {}
                - aws:
                    partitions: [aws]
                    accounts: ['123456789012']
                    regions: [us-east-1]
                    zones: [us-east-1a]
                    ec2:
                      iamRoleNames: [example-role]
                - aws:
                    accounts: ['123456789012']
                    ecs:
                      clusters: [one]
                      iamRoleNames: [task-role]
                onboardTo:
                - workloadGroupSelector:
                    matchLabels:
                      app: ratings
            """).Allow.Single();

        var second = rule.Workloads[1].ShouldBeOfType<AwsIdentityMatcher>();
        (second.Partitions.Single(), second.Regions.Single(), second.Zones.Single(), second.IamRoleNames.Single())
            .ShouldBe(("aws", "us-east-1", "us-east-1a", "example-role"));
        var task = rule.Workloads[2].ShouldBeOfType<AwsIdentityMatcher>();
        (task.Kind, task.Clusters.Single(), task.IamRoleNames.Single()).ShouldBe((AwsMachineKind.Ecs, "one", "task-role"));
        rule.OnboardTo.Single().MatchLabels["app"].ShouldBe("ratings");
    }

    [Fact]
    public void Read_TokensOfAnIssuer_KeepSubjectsAndAttributes()
    {
        var rule = ReadValid("""
            spec:
              allow:
              - workloads:
                - jwt:
                    issuer: "https://mycompany.corp"
                    subjects:
                    - "us-east-datacenter1-vm007"
                    - "us-west-datacenter2-vm008"
                - jwt:
                    issuer: "https://mycompany.corp/"
                    attributes:
                    - name: "region"
                      values:
                      - "us-east"
                      - "us-west"
                    - name: "instance_role"
                onboardTo:
                - workloadGroupSelector:
                    matchExpressions:
                    - {key: app, operator: In, values: [ratings, ""]}
                    - {key: app, operator: NotIn, values: [reviews]}
                    - {key: class, operator: Exists}
                    - {key: app.kubernetes.io/name, operator: DoesNotExist, values: []}
            """).Allow.Single();

        var bySubject = rule.Workloads[0].ShouldBeOfType<JwtIdentityMatcher>();
        bySubject.Issuer.ShouldBe("https://mycompany.corp");
        bySubject.Subjects.ShouldBe(["us-east-datacenter1-vm007", "us-west-datacenter2-vm008"]);
        var byAttribute = rule.Workloads[1].ShouldBeOfType<JwtIdentityMatcher>();
        byAttribute.Issuer.ShouldBe("https://mycompany.corp/");
        byAttribute.Attributes[0].Values.ShouldBe(["us-east", "us-west"]);
        (byAttribute.Attributes[1].Name, byAttribute.Attributes[1].Values.Length).ShouldBe(("instance_role", 0));
        var expressions = rule.OnboardTo.Single().MatchExpressions;
        expressions.Select(expression => expression.Operator).ShouldBe(
            [LabelSelectorOperator.In, LabelSelectorOperator.NotIn, LabelSelectorOperator.Exists, LabelSelectorOperator.DoesNotExist]);
        expressions[0].Values.ShouldBe(["ratings", ""]);
    }

    [Fact]
    public void Read_Status_IsIgnored() =>
        ReadValid("spec: {allow: [{workloads: [{jwt: {issuer: https://a.example}}], onboardTo: [{workloadGroupSelector: {}}]}]}\nstatus: {anything: [1]}").Allow.Length.ShouldBe(1);

    [Theory]
    [InlineData("{}", "spec.allow: is required")]
    [InlineData("{allow: []}", "spec.allow: must have at least one item")]
    [InlineData("{allow: ~}", "spec.allow: is required")]
    [InlineData("{allow: [~]}", "spec.allow[0]: must be a mapping, not null")]
    [InlineData("{allow: {}}", "spec.allow: must be a list, not a mapping")]
    [InlineData("{allow: [{onboardTo: [{workloadGroupSelector: {}}]}]}", "spec.allow[0].workloads: is required")]
    [InlineData("{allow: [{workloads: [], onboardTo: [{workloadGroupSelector: {}}]}]}", "spec.allow[0].workloads: must have at least one item")]
    [InlineData("{allow: [{workloads: [~], onboardTo: [{workloadGroupSelector: {}}]}]}", "spec.allow[0].workloads[0]: must be a mapping, not null")]
    [InlineData("{allow: [{workloads: [{}], onboardTo: [{workloadGroupSelector: {}}]}]}", "spec.allow[0].workloads[0]: one of aws, jwt is required")]
    public void Read_WithoutARule_AuthorizesNobody(string spec, string problem) => Invalid(spec, problem);

    [Theory]
    [InlineData("{}", "spec.allow[0].workloads[0]: one of aws, jwt is required")]
    [InlineData("{aws: ~, jwt: ~}", "spec.allow[0].workloads[0]: one of aws, jwt is required")]
    [InlineData("{aws: {accounts: ['123456789012'], ec2: {}}, jwt: {issuer: https://a.example}}", "spec.allow[0].workloads[0].jwt: only one of aws, jwt may be there")]
    [InlineData("{aws: {ec2: {}}}", "spec.allow[0].workloads[0].aws.accounts: is required")]
    [InlineData("{aws: {accounts: [], ec2: {}}}", "spec.allow[0].workloads[0].aws.accounts: must have at least one item")]
    [InlineData("{aws: {accounts: [123456789012], ec2: {}}}", "spec.allow[0].workloads[0].aws.accounts[0]: must be a string, not a number; put it in quotes")]
    [InlineData("{aws: {accounts: ['*'], ec2: {}}}", "spec.allow[0].workloads[0].aws.accounts[0]: must be an AWS account: 12 digits")]
    [InlineData("{aws: {accounts: ['12345678901²'], ec2: {}}}", "spec.allow[0].workloads[0].aws.accounts[0]: must be an AWS account: 12 digits")]
    [InlineData("{aws: {accounts: ['123456789012']}}", "spec.allow[0].workloads[0].aws: one of ec2, ecs is required")]
    [InlineData("{aws: {accounts: ['123456789012'], ec2: ~}}", "spec.allow[0].workloads[0].aws: one of ec2, ecs is required")]
    [InlineData("{aws: {accounts: ['123456789012'], ec2: {}, ecs: {}}}", "spec.allow[0].workloads[0].aws.ecs: only one of ec2, ecs may be there")]
    [InlineData("{aws: {accounts: ['123456789012'], regions: [''], ec2: {}}}", "spec.allow[0].workloads[0].aws.regions[0]: must not be empty")]
    [InlineData("{aws: {accounts: ['123456789012'], ec2: {clusters: [a]}}}", "spec.allow[0].workloads[0].aws.ec2.clusters: unknown field")]
    [InlineData("{jwt: {}}", "spec.allow[0].workloads[0].jwt.issuer: is required")]
    [InlineData("{jwt: {issuer: 'http://a.example'}}", "spec.allow[0].workloads[0].jwt.issuer: must be an https:// URI without query and fragment")]
    [InlineData("{jwt: {issuer: 'https://a.example?x'}}", "spec.allow[0].workloads[0].jwt.issuer: must be an https:// URI without query and fragment")]
    [InlineData("{jwt: {issuer: 'https://a.example#x'}}", "spec.allow[0].workloads[0].jwt.issuer: must be an https:// URI without query and fragment")]
    [InlineData("{jwt: {issuer: 'https://u@a.example'}}", "spec.allow[0].workloads[0].jwt.issuer: must be an https:// URI without query and fragment")]
    [InlineData("{jwt: {issuer: 'https://'}}", "spec.allow[0].workloads[0].jwt.issuer: must be an https:// URI without query and fragment")]
    [InlineData("{jwt: {issuer: https://a.example, subjects: ['']}}", "spec.allow[0].workloads[0].jwt.subjects[0]: must not be empty")]
    [InlineData("{jwt: {issuer: https://a.example, subjects: [ü]}}", "spec.allow[0].workloads[0].jwt.subjects[0]: must be ASCII without control characters")]
    [InlineData("{jwt: {issuer: https://a.example, subjects: [a, ~]}}", "spec.allow[0].workloads[0].jwt.subjects[1]: must be a string, not null")]
    [InlineData("{jwt: {issuer: https://a.example, subjects: a}}", "spec.allow[0].workloads[0].jwt.subjects: must be a list, not a string")]
    [InlineData("{jwt: {issuer: https://a.example, attributes: [{values: [a]}]}}", "spec.allow[0].workloads[0].jwt.attributes[0].name: is required")]
    [InlineData("{jwt: {issuer: https://a.example, attributes: [{name: a, values: [true]}]}}", "spec.allow[0].workloads[0].jwt.attributes[0].values[0]: must be a string, not a boolean; put it in quotes")]
    [InlineData("{jwt: {issuer: https://a.example, attributes: [~]}}", "spec.allow[0].workloads[0].jwt.attributes[0]: must be a mapping, not null")]
    public void Read_MatcherThatIsWrong_AuthorizesNobody(string matcher, string problem) =>
        Invalid($"{{allow: [{{workloads: [{matcher}], onboardTo: [{{workloadGroupSelector: {{}}}}]}}]}}", problem);

    [Theory]
    [InlineData("[]", "spec.allow[0].onboardTo: must have at least one item")]
    [InlineData("[~]", "spec.allow[0].onboardTo[0]: must be a mapping, not null")]
    [InlineData("[{}]", "spec.allow[0].onboardTo[0].workloadGroupSelector: is required")]
    [InlineData("[{workloadGroupSelector: ~}]", "spec.allow[0].onboardTo[0].workloadGroupSelector: is required")]
    [InlineData("[{workloadGroupSelector: {matchLabels: {app: 1}}}]", "spec.allow[0].onboardTo[0].workloadGroupSelector.matchLabels[app]: must be a string, not a number; put it in quotes")]
    [InlineData("[{workloadGroupSelector: {matchLabels: {app: 'a b'}}}]", "spec.allow[0].onboardTo[0].workloadGroupSelector.matchLabels[app]: is no label value")]
    [InlineData("[{workloadGroupSelector: {matchLabels: {'a b': a}}}]", "spec.allow[0].onboardTo[0].workloadGroupSelector.matchLabels[a b]: is no label key")]
    [InlineData("[{workloadGroupSelector: {matchExpressions: [{key: a}]}}]", "spec.allow[0].onboardTo[0].workloadGroupSelector.matchExpressions[0].operator: is required")]
    [InlineData("[{workloadGroupSelector: {matchExpressions: [{operator: Exists}]}}]", "spec.allow[0].onboardTo[0].workloadGroupSelector.matchExpressions[0].key: is required")]
    [InlineData("[{workloadGroupSelector: {matchExpressions: [{key: a, operator: in, values: [b]}]}}]", "spec.allow[0].onboardTo[0].workloadGroupSelector.matchExpressions[0].operator: must be one of In, NotIn, Exists, DoesNotExist")]
    [InlineData("[{workloadGroupSelector: {matchExpressions: [{key: a, operator: In}]}}]", "spec.allow[0].onboardTo[0].workloadGroupSelector.matchExpressions[0].values: is required")]
    [InlineData("[{workloadGroupSelector: {matchExpressions: [{key: a, operator: NotIn, values: []}]}}]", "spec.allow[0].onboardTo[0].workloadGroupSelector.matchExpressions[0].values: must have at least one item")]
    [InlineData("[{workloadGroupSelector: {matchExpressions: [{key: a, operator: Exists, values: [b]}]}}]", "spec.allow[0].onboardTo[0].workloadGroupSelector.matchExpressions[0].values: must not be there with operator Exists")]
    [InlineData("[{workloadGroupSelector: {matchExpressions: [~]}}]", "spec.allow[0].onboardTo[0].workloadGroupSelector.matchExpressions[0]: must be a mapping, not null")]
    public void Read_SelectorTricks_AuthorizeNobody(string onboardTo, string problem) =>
        Invalid($"{{allow: [{{workloads: [{{jwt: {{issuer: https://a.example}}}}], onboardTo: {onboardTo}}}]}}", problem);

    [Theory]
    [InlineData("workloads: [{jwt: {issuer: https://a.example, subject: [a]}}], onboardTo: [{workloadGroupSelector: {}}]", "spec.allow[0].workloads[0].jwt.subject: unknown field; did you mean subjects?")]
    [InlineData("workloads: [{aws: {accounts: ['123456789012'], region: [a], ec2: {}}}], onboardTo: [{workloadGroupSelector: {}}]", "spec.allow[0].workloads[0].aws.region: unknown field; did you mean regions?")]
    [InlineData("workloads: [{aws: {accounts: ['123456789012'], ec2: {iamRoleName: [x]}}}], onboardTo: [{workloadGroupSelector: {}}]", "spec.allow[0].workloads[0].aws.ec2.iamRoleName: unknown field; did you mean iamRoleNames?")]
    [InlineData("workloads: [{jwt: {issuer: https://a.example}}], onboardTo: [{workloadGroupSelector: {matchLabel: {app: a}}}]", "spec.allow[0].onboardTo[0].workloadGroupSelector.matchLabel: unknown field; did you mean matchLabels?")]
    [InlineData("workloads: [{jwt: {issuer: https://a.example, attributes: [{name: a, value: b}]}}], onboardTo: [{workloadGroupSelector: {}}]", "spec.allow[0].workloads[0].jwt.attributes[0].value: unknown field; did you mean values?")]
    [InlineData("workloads: [{jwt: {issuer: https://a.example}}], onboardTo: [{workloadGroupSelector: {}}], except: []", "spec.allow[0].except: unknown field")]
    [InlineData("workloads: [{jwt: {issuer: https://a.example, Subjects: [a]}}], onboardTo: [{workloadGroupSelector: {}}]", "spec.allow[0].workloads[0].jwt.Subjects: unknown field; did you mean subjects?")]
    public void Attack_PolicyWithAMisspeltRestriction_IsNotAccepted(string rule, string problem) => Invalid($"{{allow: [{{{rule}}}]}}", problem);

    [Fact]
    public void Read_ManyMistakes_ReportsAllOfThemWithTheirLines()
    {
        Read("spec:\n  allow:\n  - workloads:\n    - jwt: {}\n    - aws:\n        accounts: [1]\n    onboardTo: []\n");

        problems.Items.Select(problem => problem.ToString()).ShouldBe(
        [
            "p.yaml:9: spec.allow[0].workloads[0].jwt.issuer: is required",
            "p.yaml:10: spec.allow[0].workloads[1].aws: one of ec2, ecs is required",
            "p.yaml:11: spec.allow[0].workloads[1].aws.accounts[0]: must be a string, not a number; put it in quotes",
            "p.yaml:12: spec.allow[0].onboardTo: must have at least one item",
        ]);
    }

    [Fact]
    public void Read_WithoutName_IsNoPolicy()
    {
        OnboardingPolicyReader.Read(YamlParser.Parse("metadata: {namespace: a}\nspec: {}\n", "p.yaml").Documents.Single(), problems).ShouldBeNull();
        problems.Errors.Select(problem => problem.WithoutPlace).ShouldBe(["metadata.name: is required", "spec.allow: is required"]);
    }

    [Fact]
    public void Read_WithoutSpec_AuthorizesNobody() => Read("").Problems.ShouldBe(["spec: is required"]);

    private OnboardingPolicy ReadValid(string spec)
    {
        var policy = Read(spec);
        problems.Items.ShouldBeEmpty();
        policy.Problems.ShouldBeEmpty();
        (policy.Metadata.Namespace, policy.Metadata.Name).ShouldBe(("bookinfo", "a-policy"));
        return policy;
    }

    private void Invalid(string spec, string problem)
    {
        var policy = Read($"spec: {spec}\n");
        policy.Allow.ShouldBeEmpty();
        string.Join('\n', policy.Problems).ShouldContain(problem, Case.Sensitive);
        problems.HasErrors.ShouldBeTrue();
    }

    private OnboardingPolicy Read(string spec) =>
        OnboardingPolicyReader.Read(YamlParser.Parse(Head + spec, "p.yaml").Documents.Single(), problems).ShouldNotBeNull();
}
