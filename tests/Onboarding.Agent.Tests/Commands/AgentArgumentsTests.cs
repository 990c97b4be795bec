using Onboarding.Agent.Commands;

namespace Onboarding.Agent.Tests.Commands;

public sealed class AgentArgumentsTests
{
    [Fact]
    public void Parse_Nothing_RunsWithTheDefaults() => AgentArguments.Parse([]).ShouldBe(new AgentArguments(AgentCommand.Run, null, null, "/"));

    [Fact]
    public void Parse_Everything_IsTaken() =>
        AgentArguments.Parse(["check", "--agent-config", "a.yaml", "--onboarding-config", "o.yaml", "--root", "/tmp/x"])
            .ShouldBe(new AgentArguments(AgentCommand.Check, "o.yaml", "a.yaml", "/tmp/x"));

    [Theory]
    [InlineData("--version", "Version")]
    [InlineData("--help", "Help")]
    [InlineData("-h", "Help")]
    public void Parse_Questions_AreCommands(string argument, string command) => AgentArguments.Parse([argument]).Command.ToString().ShouldBe(command);

    [Fact]
    public void Parse_Status_MayBeWantedAsJson() =>
        AgentArguments.Parse(["status", "--json"]).ShouldBe(new AgentArguments(AgentCommand.Status, null, null, "/") { Json = true });

    [Theory]
    [InlineData("--json")]
    [InlineData("check", "--json")]
    [InlineData("--root")]
    [InlineData("--root", "")]
    [InlineData("--rot", "/")]
    [InlineData("run", "check")]
    [InlineData("--root", "/", "check")]
    public void Parse_WrongLine_IsRefused(params string[] arguments) => Should.Throw<UsageException>(() => AgentArguments.Parse(arguments));
}
