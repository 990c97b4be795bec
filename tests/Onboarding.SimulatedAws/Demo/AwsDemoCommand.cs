using System.CommandLine;
using Onboarding.Cli;
using Onboarding.Cli.Output;

namespace Onboarding.SimulatedAws.Demo;

/// <summary><c>simulated-aws demo</c>: an EC2 instance and an ECS task join, step by step. To be run by <c>in-namespace.sh</c>.</summary>
internal static class AwsDemoCommand
{
    public static Command Create(CliConsole console, TimeProvider time)
    {
        var ipv6 = new Option<bool>("--ipv6") { Description = "The instance reaches its metadata service over IPv6 alone." };
        var command = new Command("demo", "Let a simulated EC2 instance and an ECS task join, step by step, and clean up.") { ipv6 };
        command.OnRun(console, async (parsed, cancellationToken) =>
        {
            using var story = new AwsDemoStory(console, time, parsed.GetValue(ipv6));
            await story.TellAsync(cancellationToken);
            return ExitCodes.Ok;
        });
        return command;
    }
}
