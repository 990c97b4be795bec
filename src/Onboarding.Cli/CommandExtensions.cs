using System.CommandLine;
using Onboarding.Cli.Output;

namespace Onboarding.Cli;

/// <summary>What every command does alike.</summary>
internal static class CommandExtensions
{
    /// <summary>Sets what a command does; what it cannot do becomes a line on the error stream and <see cref="ExitCodes.Failed"/>.</summary>
    public static void OnRun(this Command command, CliConsole console, Func<ParseResult, CancellationToken, Task<int>> run) =>
        command.SetAction(async (parsed, cancellationToken) =>
        {
            try
            {
                return await run(parsed, cancellationToken);
            }
            catch (Exception e) when (e is CliException or IOException or UnauthorizedAccessException)
            {
                await console.Error.WriteLineAsync($"onboardctl: {e.Message}");
                return ExitCodes.Failed;
            }
        });

    /// <summary>The same for commands that wait for nothing.</summary>
    public static void OnRun(this Command command, CliConsole console, Func<ParseResult, int> run) =>
        command.OnRun(console, (parsed, _) => Task.FromResult(run(parsed)));
}
