namespace Onboarding.Cli.Tests.Completion;

public sealed class CompletionCommandTests
{
    [Theory]
    [InlineData("bash", "complete -o default -F _onboardctl onboardctl")]
    [InlineData("zsh", "compdef _onboardctl onboardctl")]
    public async Task RunAsync_Shell_PrintsItsScript(string shell, string expected)
    {
        var run = await Cli.RunAsync("completion", shell);

        run.ExitCode.ShouldBe(ExitCodes.Ok);
        run.Output.ShouldContain(expected);
        run.Error.ShouldBeEmpty();
    }

    [Fact]
    public async Task RunAsync_WhatTheScriptsAsk_AnswersWithCommands()
    {
        var run = await Cli.RunAsync("[suggest:14]", "onboardctl com");

        run.Output.ShouldContain("completion");
    }
}
