using System.CommandLine;
using Onboarding.Cli.Output;
using Onboarding.Cli.Workloads;

namespace Onboarding.Cli.Containment;

/// <summary><c>onboardctl suspend</c> and <c>onboardctl resume</c>.</summary>
internal static class SuspendCommand
{
    public static Command CreateSuspend(CliConsole console)
    {
        var reason = new Option<string>("--reason") { Description = "Why; it is written into the registration and the audit stream.", HelpName = "TEXT", Required = true };
        var command = Create(console, "suspend", "Take a workload out of the mesh and keep its agent out until resume; its registration is kept.", reason, "suspended");
        command.Options.Add(reason);
        return command;
    }

    public static Command CreateResume(CliConsole console) =>
        Create(console, "resume", "Let a suspended workload in again: its agent comes back by itself.", reason: null, "may join again");

    private static Command Create(CliConsole console, string verb, string description, Option<string>? reason, string done)
    {
        var endpoint = new SocketOptions();
        var name = new Argument<string>("workload") { Description = "The workload, NAMESPACE/NAME.", HelpName = "NAMESPACE/NAME" };
        var command = new Command(verb, description) { name };
        endpoint.AddTo(command);
        command.OnRun(console, async (parsed, cancellationToken) =>
        {
            var workload = ObjectName.Parse(parsed.GetRequiredValue(name));
            using var client = endpoint.Connect(parsed);
            if (!await client.SuspendAsync(workload, reason is null ? null : parsed.GetRequiredValue(reason), cancellationToken))
            {
                await console.Error.WriteLineAsync($"onboardctl: no workload {workload} is registered; onboardctl deny keeps out who is not");
                return ExitCodes.NotMet;
            }

            await console.Output.WriteLineAsync($"{workload} {done}");
            return ExitCodes.Ok;
        });
        return command;
    }
}
