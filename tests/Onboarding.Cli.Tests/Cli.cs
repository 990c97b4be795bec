using Onboarding.Cli.Output;

namespace Onboarding.Cli.Tests;

/// <summary>Runs <c>onboardctl</c> in this process.</summary>
internal sealed record Cli(int ExitCode, string Output, string Error)
{
    public static async Task<Cli> RunAsync(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var exitCode = await CommandTree.RunAsync(args, new CliConsole(output, error, isTerminal: false), CancellationToken.None);
        return new Cli(exitCode, output.ToString(), error.ToString());
    }
}
