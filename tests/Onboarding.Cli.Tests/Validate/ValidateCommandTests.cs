using System.Text.Json.Nodes;

namespace Onboarding.Cli.Tests.Validate;

public sealed class ValidateCommandTests : IDisposable
{
    private const string Group = "apiVersion: networking.istio.io/v1\nkind: WorkloadGroup\nmetadata: {name: ratings, namespace: bookinfo}\nspec: {template: {labels: {app: ratings}}}\n";
    private const string Sidecar = "apiVersion: networking.istio.io/v1\nkind: Sidecar\nmetadata: {name: s, namespace: bookinfo}\nspec: {workloadSelector: {labels: {app: ratings}}, ingress: [{port: {number: 8080}}]}\n";
    private const string Agent = "apiVersion: config.agent.onboarding.tetrate.io/v1alpha1\n";
    private const string ControlPlane = "apiVersion: install.tetrate.io/v1alpha1\nkind: ControlPlane\n";
    private const string Values = "spec: {meshExpansion: {onboarding: {endpoint: {hosts: [a.example], secretName: tls}, workloads: {authentication: {aws: {trustBundle: aws}}}}}}\n";

    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("validate-");

    public void Dispose() => directory.Delete(recursive: true);

    [Fact]
    public async Task Validate_GoodFilesOfEveryKind_SaysNothing()
    {
        var cli = await Cli.RunAsync(
            "validate",
            Write("manifests/group.yaml", Group),
            Write("sidecar.yaml", Sidecar),
            Write("cp.yaml", ControlPlane + Values),
            Write("values.yaml", "image: {}\n" + Values),
            Write("agent.yaml", Agent + "kind: AgentConfiguration\n"),
            Write("onboarding.json", """{"apiVersion":"config.agent.onboarding.tetrate.io/v1alpha1","kind":"OnboardingConfiguration","onboardingEndpoint":{"host":"a.example"},"workloadGroup":{"namespace":"bookinfo","name":"ratings"}}"""));

        (cli.ExitCode, cli.Output, cli.Error).ShouldBe((ExitCodes.Ok, "", $"6 files: 0 errors, 0 warnings{Environment.NewLine}"));
    }

    [Theory]
    [InlineData("apiVersion: authorization.onboarding.tetrate.io/v1alpha1\nkind: OnboardingPolicy\nmetadata: {name: p}\nspec:\n  allow: []\n", "5: spec.allow: must have at least one item")]
    [InlineData(Agent + "kind: AgentConfiguration\nhots: {}\n", "3: hots: unknown field; did you mean host?")]
    [InlineData(Agent + "kind: OnboardingConfiguration\nonboardingEndpoint: {host: a.example}\n", "1: workloadGroup: is required")]
    [InlineData(ControlPlane + "spec: {}\n", "3: spec.meshExpansion: onboarding is not enabled")]
    [InlineData("spec: {meshExpansion: {onboarding: {}}}\n", "1: spec.meshExpansion.onboarding.endpoint: is required")]
    [InlineData("a: 1\na: 2\n", "2: key \"a\" is there twice; it is first in line 1")]
    [InlineData("a: 1\n", "1: apiVersion: is required")]
    public async Task Validate_WrongFile_NamesFileLineAndField(string text, string problem)
    {
        var file = Write("wrong.yaml", text);
        var cli = await Cli.RunAsync("validate", file);

        cli.ExitCode.ShouldBe(ExitCodes.NotMet);
        cli.Output.ShouldStartWith($"{file}:{problem}");
    }

    [Fact]
    public async Task Validate_Directory_LooksAtItsFilesTogether()
    {
        Write("manifests/a.yaml", Group);
        Write("manifests/b.yaml", Group);
        Write("manifests/notes.txt", "not: [yaml");
        var cli = await Cli.RunAsync("validate", Path.Combine(directory.FullName, "manifests"));

        cli.ExitCode.ShouldBe(ExitCodes.NotMet);
        cli.Output.ShouldContain("b.yaml:1: WorkloadGroup bookinfo/ratings is ignored: it is there before, in ");
        cli.Output.ShouldContain("a.yaml:1: warning: to WorkloadGroup bookinfo/ratings none of the Sidecars in these files applies that has ingress listeners");
        cli.Error.ShouldBe($"2 files: 1 error, 2 warnings{Environment.NewLine}");
    }

    [Fact]
    public async Task Validate_PolicyThatIsTooWide_IsAWarning()
    {
        var policy = Write("p.yaml", "apiVersion: authorization.onboarding.tetrate.io/v1alpha1\nkind: OnboardingPolicy\nmetadata: {name: p, namespace: bookinfo}\n"
            + "spec: {allow: [{workloads: [{jwt: {issuer: https://accounts.google.com}}], onboardTo: [{workloadGroupSelector: {}}]}]}\n");
        var cli = await Cli.RunAsync("validate", policy, Write("group.yaml", Group), Write("sidecar.yaml", Sidecar));

        cli.ExitCode.ShouldBe(ExitCodes.Ok);
        cli.Output.ShouldStartWith($"{policy}:1: warning: OnboardingPolicy bookinfo/p: TooWide: ");
    }

    [Fact]
    public async Task Validate_JsonOutput_IsForPrograms()
    {
        var file = Write("wrong.yaml", "apiVersion: v1\nkind: Service\nmetadata: {name: A}\n");
        var cli = await Cli.RunAsync("validate", file, "--output", "json");

        cli.ExitCode.ShouldBe(ExitCodes.NotMet);
        var problem = JsonNode.Parse(cli.Output)!["problems"]!.AsArray().Single()!;
        (problem["severity"]!.GetValue<string>(), problem["file"]!.GetValue<string>(), problem["line"]!.GetValue<int>(), problem["field"]!.GetValue<string>())
            .ShouldBe(("error", file, 3, "metadata.name"));
    }

    [Fact]
    public async Task Validate_WarningsOnly_IsWell()
    {
        var cli = await Cli.RunAsync("validate", Write("other.yaml", "apiVersion: apps/v1\nkind: Deployment\n"), Write("empty.yaml", "\n"));

        cli.ExitCode.ShouldBe(ExitCodes.Ok);
        cli.Error.ShouldBe($"2 files: 0 errors, 2 warnings{Environment.NewLine}");
    }

    [Fact]
    public async Task Validate_FileThatIsNotThere_CouldNotBeDone()
    {
        var cli = await Cli.RunAsync("validate", Path.Combine(directory.FullName, "nowhere.yaml"));

        cli.ExitCode.ShouldBe(ExitCodes.Failed);
        cli.Error.ShouldContain("nowhere.yaml");
    }

    private string Write(string relative, string text)
    {
        var path = Path.Combine(directory.FullName, relative);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }
}
