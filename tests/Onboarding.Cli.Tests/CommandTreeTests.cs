using System.CommandLine;
using Onboarding.Cli.Output;

namespace Onboarding.Cli.Tests;

public sealed class CommandTreeTests
{
    [Fact]
    public async Task RunAsync_Help_NamesEveryCommand()
    {
        var run = await Cli.RunAsync("--help");

        run.ExitCode.ShouldBe(ExitCodes.Ok);
        foreach (var command in Tree().Subcommands)
        {
            run.Output.ShouldContain(command.Name);
        }
    }

    [Fact]
    public void Create_EveryCommandOptionAndArgument_HasADescription()
    {
        foreach (var command in All(Tree()))
        {
            command.Description.ShouldNotBeNullOrWhiteSpace(command.Name);
            command.Options.ShouldAllBe(option => !string.IsNullOrWhiteSpace(option.Description), command.Name);
            command.Arguments.ShouldAllBe(argument => !string.IsNullOrWhiteSpace(argument.Description), command.Name);
        }
    }

    [Theory]
    [InlineData("frobnicate")]
    [InlineData("completion")]
    [InlineData("completion", "fish")]
    [InlineData("--no-such-option")]
    public async Task RunAsync_WrongUsage_SaysSoOnTheErrorStreamAndExits2(params string[] args)
    {
        var run = await Cli.RunAsync(args);

        run.ExitCode.ShouldBe(ExitCodes.Failed);
        run.Error.ShouldNotBeEmpty();
        run.Output.ShouldBeEmpty();
    }

    private static RootCommand Tree() => CommandTree.Create(new CliConsole(TextWriter.Null, TextWriter.Null, isTerminal: false));

    private static IEnumerable<Command> All(Command command) => command.Subcommands.SelectMany(All).Prepend(command);
}
