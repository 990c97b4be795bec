using Onboarding.Agent.Commands;
using Onboarding.Agent.Configuration;
using Onboarding.Agent.Tests.Fakes;
using Onboarding.Yaml.AgentFiles;

namespace Onboarding.Agent.Tests.Configuration;

public sealed class AgentFilesLoaderTests : IDisposable
{
    private readonly TemporaryRoot root = new();
    private readonly Dictionary<string, string> environment = new(StringComparer.Ordinal);

    [Fact]
    public void Load_NoAgentConfiguration_HasItsDefaults()
    {
        root.Put("/etc/onboarding-agent/onboarding.config.yaml", Onboarding("from-file"));

        var files = Load();

        files.Onboarding.GroupName.ShouldBe("from-file");
        files.Agent.Host.ShouldBeOfType<AutoHost>();
        files.Roots.ShouldBeNull();
    }

    [Fact]
    public void Load_Environment_TakesTheFilesPlace()
    {
        root.Put("/etc/onboarding-agent/onboarding.config.yaml", Onboarding("from-file"));
        environment["ONBOARDING_CONFIG"] = Onboarding("from-environment");
        environment["ONBOARDING_AGENT_ROOT_CERTS"] = "PEM";

        var files = Load();

        files.Onboarding.GroupName.ShouldBe("from-environment");
        files.Roots.ShouldBe("PEM");
    }

    [Fact]
    public void Load_FileNamedOnTheCommandLine_WinsOverTheEnvironment()
    {
        environment["ONBOARDING_CONFIG"] = Onboarding("from-environment");

        Load(root.Put("/named.yaml", Onboarding("named"))).Onboarding.GroupName.ShouldBe("named");
    }

    [Fact]
    public void Load_JsonInTheEnvironment_IsRead()
    {
        environment["ONBOARDING_CONFIG"] =
            """
            {"apiVersion": "config.agent.onboarding.tetrate.io/v1alpha1", "kind": "OnboardingConfiguration",
             "onboardingEndpoint": {"host": "cp.example"}, "workloadGroup": {"namespace": "bookinfo", "name": "ratings"}}
            """;

        Load().Onboarding.Endpoint.Port.ShouldBe(15443);
    }

    [Fact]
    public void Load_BothFilesAreWrong_ReportsEveryProblem()
    {
        environment["ONBOARDING_CONFIG"] = Onboarding("ratings").Replace("host:", "hots:", StringComparison.Ordinal);
        environment["AGENT_CONFIG"] = "apiVersion: config.agent.onboarding.tetrate.io/v1alpha1\nkind: AgentConfiguration\nhsot: {}\n";

        var problems = Should.Throw<ConfigurationException>(() => Load()).Message;

        problems.ShouldContain("ONBOARDING_CONFIG:");
        problems.ShouldContain("AGENT_CONFIG:3: hsot");
    }

    [Fact]
    public void Load_NamedFileIsMissing_SaysWhich() =>
        Should.Throw<ConfigurationException>(() => Load(root.PathOf("/no.yaml"))).Message.ShouldStartWith(root.PathOf("/no.yaml"));

    [Fact]
    public void Load_HugeFile_IsNotRead() =>
        Should.Throw<ConfigurationException>(() => Load(root.Put("/big.yaml", new string(' ', (1 << 20) + 1)))).Message.ShouldContain("larger than");

    public void Dispose() => root.Dispose();

    private static string Onboarding(string group) =>
        $$"""
        apiVersion: config.agent.onboarding.tetrate.io/v1alpha1
        kind: OnboardingConfiguration
        onboardingEndpoint:
          host: cp.example
        workloadGroup:
          namespace: bookinfo
          name: {{group}}
        """;

    private Agent.Configuration.AgentFiles Load(string? named = null) =>
        new AgentFilesLoader(name => environment.GetValueOrDefault(name)).Load(new AgentArguments(AgentCommand.Run, named, null, root.Directory));
}
