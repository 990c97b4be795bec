using System.CommandLine;
using Onboarding.Cli;
using Onboarding.Cli.Output;

namespace Onboarding.SimulatedAws.Demo;

/// <summary><c>simulated-aws demo</c>: an EC2 instance and an ECS task join, step by step. To be run by <c>in-namespace.sh</c>.</summary>
internal static class AwsDemoCommand
{
    public static Command Create(CliConsole console, TimeProvider time)
    {
        var command = new Command("demo", "Let a simulated EC2 instance and an ECS task join, step by step, and clean up.");
        command.OnRun(console, async (_, cancellationToken) =>
        {
            using var story = new AwsDemoStory(console, time);
            await story.TellAsync(cancellationToken);
            return ExitCodes.Ok;
        });
        return command;
    }
}
