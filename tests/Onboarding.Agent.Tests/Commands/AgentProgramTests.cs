using Onboarding.Agent.Tests.Fakes;
using Onboarding.TestKit.Aws;

namespace Onboarding.Agent.Tests.Commands;

public sealed class AgentProgramTests : IDisposable
{
    private const string Onboarding =
        """
        apiVersion: config.agent.onboarding.tetrate.io/v1alpha1
        kind: OnboardingConfiguration
        onboardingEndpoint:
          host: 127.0.0.1
          port: 1
        workloadGroup:
          namespace: bookinfo
          name: ratings
        """;

    private readonly TemporaryRoot root = new();
    private readonly StringWriter output = new();
    private readonly StringWriter errors = new();

    [Fact]
    public async Task Run_NoConfiguration_RefusesAndNamesTheFile()
    {
        (await RunAsync()).ShouldBe(ExitCodes.Configuration);

        errors.ToString().ShouldContain($"{root.PathOf("/etc/onboarding-agent/onboarding.config.yaml")}: there is no such file");
    }

    [Fact]
    public async Task Run_WrongField_NamesFileLineAndField()
    {
        var file = root.Put("/etc/onboarding-agent/onboarding.config.yaml", Onboarding.Replace("port: 1", "port: many", StringComparison.Ordinal));

        (await RunAsync()).ShouldBe(ExitCodes.Configuration);

        errors.ToString().ShouldStartWith($"{file}:5: onboardingEndpoint.port: ");
    }

    [Fact]
    public async Task Run_MachineThatIsNotSaid_RefusesAndNamesHostCustom()
    {
        root.Put("/etc/onboarding-agent/onboarding.config.yaml", Onboarding);

        (await RunAsync()).ShouldBe(ExitCodes.Configuration);

        errors.ToString().ShouldContain("host.custom");
    }

    [Fact]
    public async Task Check_EndpointAway_SaysTheStepAndWhatToDo()
    {
        var exit = await RunAsync(["check"], new(StringComparer.Ordinal)
        {
            ["ONBOARDING_CONFIG"] = Onboarding,
            ["AGENT_CONFIG"] = Agent(root.PutScript("/bin/token", "echo a.b.c"), root.PutScript("/bin/host", HostInfo)),
        });

        exit.ShouldBe(ExitCodes.Failure);
        output.ToString().ShouldContain("ok      host           192.0.2.10");
        output.ToString().ShouldContain("FAILED  reachability");
        output.ToString().ShouldContain("to do: check onboardingEndpoint.host and port");
        root.Has(Identity).ShouldBeFalse();
    }

    [Fact]
    public async Task Check_HostPluginFails_SaysTheStep()
    {
        var exit = await RunAsync(["check"], new(StringComparer.Ordinal)
        {
            ["ONBOARDING_CONFIG"] = Onboarding,
            ["AGENT_CONFIG"] = Agent(root.PutScript("/bin/token", "echo a.b.c"), root.PutScript("/bin/host", "exit 1")),
        });

        exit.ShouldBe(ExitCodes.Failure);
        output.ToString().ShouldContain("FAILED  host");
    }

    [Fact]
    public async Task Run_UnknownArgument_ShowsTheUsage()
    {
        (await RunAsync(["--rot"])).ShouldBe(ExitCodes.Usage);

        errors.ToString().ShouldContain("Usage:");
    }

    [Theory]
    [InlineData("--version", "onboarding-agent 0.")]
    [InlineData("--help", "Usage:")]
    public async Task Run_Question_IsAnswered(string argument, string answer)
    {
        (await RunAsync([argument])).ShouldBe(ExitCodes.Success);

        output.ToString().ShouldContain(answer);
    }

    public void Dispose()
    {
        root.Dispose();
        output.Dispose();
        errors.Dispose();
    }

    private const string Identity = "/var/lib/onboarding-agent/instance.json";

    private const string HostInfo = """echo '{"host": {"addresses": [{"ip": "192.0.2.10", "type": "VPC"}]}}'""";

    private static string Agent(string token, string host) =>
        $$"""
        apiVersion: config.agent.onboarding.tetrate.io/v1alpha1
        kind: AgentConfiguration
        host:
          custom:
            credential:
            - command: {path: {{token}}}
            hostinfo:
              plugin: {name: host, path: {{host}}}
        """;

    private Task<int> RunAsync(string[]? arguments = null, Dictionary<string, string>? environment = null) =>
        new AgentProgram(output, errors, TimeProvider.System, name => environment?.GetValueOrDefault(name), new SimulatedHandler(_ => null))
            .RunAsync([.. arguments ?? [], "--root", root.Directory]);
}
