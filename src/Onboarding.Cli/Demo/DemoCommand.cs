using System.CommandLine;
using Onboarding.Cli.Output;

namespace Onboarding.Cli.Demo;

/// <summary><c>onboardctl demo</c>: onboards a workload for real on this machine, step by step.</summary>
internal static class DemoCommand
{
    public static Command Create(CliConsole console, TimeProvider time)
    {
        var keep = new Option<bool>("--keep") { Description = "Leave endpoint and agent running, and say how to look at them and how to end them." };
        var silos = new Option<int>("--silos") { Description = "Show the silo edition instead: this many silos, of which one is killed (2 to 9).", HelpName = "COUNT" };
        silos.Validators.Add(result =>
        {
            if (result.Tokens is not [{ Value: ['2' or '3' or '4' or '5' or '6' or '7' or '8' or '9'] }])
            {
                result.AddError("--silos must be between 2 and 9: one is killed, and others go on.");
            }
        });
        var command = new Command("demo", "Onboard a workload for real on this machine, step by step, and clean up.") { keep, silos };
        command.OnRun(console, async (parsed, cancellationToken) =>
        {
            if (parsed.GetValue(silos) is > 0 and var count)
            {
                using var cluster = new SiloStory(console, time);
                await cluster.TellAsync(count, cancellationToken);
                return ExitCodes.Ok;
            }

            using var story = new DemoStory(console, time);
            await story.TellAsync(parsed.GetValue(keep), cancellationToken);
            return ExitCodes.Ok;
        });
        return command;
    }
}
