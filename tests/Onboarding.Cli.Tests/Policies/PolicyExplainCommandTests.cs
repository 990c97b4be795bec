using System.Text.Json.Nodes;
using Onboarding.Cli.Tests.Workloads;

namespace Onboarding.Cli.Tests.Policies;

public sealed class PolicyExplainCommandTests : IDisposable
{
    private const string Identity = """{"jwt":{"issuer":"https://mycompany.corp","subject":"vm007"}}""";

    private readonly TemporaryDirectory directory = new();

    public PolicyExplainCommandTests() => directory.Write("all.yaml", """
        apiVersion: networking.istio.io/v1
        kind: WorkloadGroup
        metadata: {name: ratings, namespace: bookinfo, labels: {app: ratings}}
        spec: {template: {}}
        ---
        apiVersion: authorization.onboarding.tetrate.io/v1alpha1
        kind: OnboardingPolicy
        metadata: {name: by-subject, namespace: bookinfo}
        spec:
          allow:
          - workloads:
            - jwt: {issuer: "https://mycompany.corp", subjects: [vm008]}
            onboardTo:
            - workloadGroupSelector: {}
          - workloads:
            - jwt: {issuer: "https://mycompany.corp"}
            onboardTo:
            - workloadGroupSelector: {matchLabels: {app: reviews}}
        """);

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task RunAsync_Refusal_ShowsEveryCandidateAndWhatDidNotMatch()
    {
        var run = await ExplainAsync(Identity, "bookinfo/ratings");

        run.ExitCode.ShouldBe(ExitCodes.Ok, run.Error);
        run.Output.ShouldStartWith("refused to join bookinfo/ratings: ");
        run.Output.ShouldContain("""subject: "vm007" is not one of "vm008" """.Trim());
        run.Output.ShouldContain("onboardTo: selects no group with the labels of ratings");
        run.Output.ShouldNotContain("\u001b");
    }

    [Fact]
    public async Task RunAsync_Allowed_SaysByWhat()
    {
        var file = directory.Write("identity.json", Identity.Replace("vm007", "vm008", StringComparison.Ordinal));

        var run = await ExplainAsync("@" + file, "bookinfo/ratings");

        run.Output.ShouldStartWith("allowed to join bookinfo/ratings: policy \"by-subject\", rule 0, workload 0 allows it");
        run.Output.ShouldContain("none: it matches");
    }

    [Fact]
    public async Task RunAsync_Json_IsForPrograms()
    {
        var run = await ExplainAsync(Identity, "bookinfo/ratings", "-o", "json");

        var json = JsonNode.Parse(run.Output)!;
        json["decision"]!.GetValue<string>().ShouldBe("deny");
        json["candidates"]!.AsArray().Count.ShouldBe(2);
        json["candidates"]![1]!["rule"]!.GetValue<int>().ShouldBe(1);
    }

    [Fact]
    public async Task RunAsync_Yaml_IsForPrograms() =>
        (await ExplainAsync(Identity, "bookinfo/ratings", "--output", "yaml")).Output.ShouldContain("decision: deny\n");

    [Fact]
    public async Task RunAsync_Data_AsksTheRunningEndpoint()
    {
        await using var server = await FakeAdministration.StartAsync(directory.PathOf("admin.sock"), new(StringComparer.Ordinal)
        {
            ["/v1/policies/explain"] = """{"decision":{"isAllowed":false,"reason":"from the endpoint","cause":"NotAllowed"},"candidates":[{"policy":"p","rule":2,"workload":1,"mismatch":"subject: no"}]}""",
        });

        var run = await Cli.RunAsync("policy", "explain", "--data", directory.Path, "--identity", Identity, "--group", "bookinfo/ratings");

        run.ExitCode.ShouldBe(ExitCodes.Ok, run.Error);
        run.Output.ShouldStartWith("refused to join bookinfo/ratings: from the endpoint");
        run.Output.ShouldContain("subject: no");
    }

    [Fact]
    public async Task RunAsync_NeitherFilesNorEndpointOrBoth_SaysSoAndExits2()
    {
        string[] question = ["policy", "explain", "--identity", Identity, "--group", "bookinfo/ratings"];

        (await Cli.RunAsync(question)).Error.ShouldContain("Give --manifests");
        (await Cli.RunAsync([.. question, "--manifests", directory.Path, "--data", directory.Path])).ExitCode.ShouldBe(ExitCodes.Failed);
    }

    [Theory]
    [InlineData("{}", "bookinfo/ratings", "--identity: identity: needs exactly one of aws and jwt")]
    [InlineData("vm007", "bookinfo/ratings", "--identity: ")]
    [InlineData("@nowhere.json", "bookinfo/ratings", "nowhere.json")]
    [InlineData(Identity, "ratings", "\"ratings\" must be NAMESPACE/NAME")]
    [InlineData(Identity, "bookinfo/ratings/x", "must be NAMESPACE/NAME")]
    public async Task RunAsync_WrongUsage_SaysWhatAndExits2(string identity, string group, string expected)
    {
        var run = await ExplainAsync(identity, group);

        run.ExitCode.ShouldBe(ExitCodes.Failed);
        run.Error.ShouldContain(expected);
        run.Output.ShouldBeEmpty();
    }

    [Fact]
    public async Task RunAsync_ConfigurationThatTheEndpointWouldRefuseToRead_IsRefusedToo()
    {
        await File.WriteAllBytesAsync(directory.PathOf("controlplane.yml"), [.. "# "u8, 0xff, 0xfe, .. "\nkind: ControlPlane\n"u8]);

        var run = await ExplainAsync(Identity, "bookinfo/ratings", "--config", directory.PathOf("controlplane.yml"));

        run.ExitCode.ShouldBe(ExitCodes.Failed);
        run.Error.ShouldContain("is not UTF-8");
    }

    private Task<Cli> ExplainAsync(string identity, string group, params string[] more) =>
        Cli.RunAsync(["policy", "explain", "--manifests", directory.Path, "--identity", identity, "--group", group, .. more]);
}
