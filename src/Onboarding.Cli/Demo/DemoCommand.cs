using System.CommandLine;
using Onboarding.Cli.Output;

namespace Onboarding.Cli.Demo;

/// <summary><c>onboardctl demo</c>: onboards a workload for real on this machine, step by step.</summary>
internal static class DemoCommand
{
    public static Command Create(CliConsole console, TimeProvider time)
    {
        var keep = new Option<bool>("--keep") { Description = "Leave endpoint and agent running, and say how to look at them and how to end them." };
        var command = new Command("demo", "Onboard a workload for real on this machine, step by step, and clean up.") { keep };
        command.OnRun(console, async (parsed, cancellationToken) =>
        {
            using var story = new DemoStory(console, time);
            await story.TellAsync(parsed.GetValue(keep), cancellationToken);
            return ExitCodes.Ok;
        });
        return command;
    }
}
