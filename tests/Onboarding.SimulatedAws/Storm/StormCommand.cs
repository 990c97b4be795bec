using System.CommandLine;
using Onboarding.Cli;
using Onboarding.Cli.Output;

namespace Onboarding.SimulatedAws.Storm;

/// <summary><c>simulated-aws storm</c>: a fleet of EC2 instances restarts at once, and joins again with all the retries that takes.</summary>
internal static class StormCommand
{
    public static Command Create(CliConsole console, TimeProvider time)
    {
        var agents = new Option<int>("--agents") { Description = "How many instances.", DefaultValueFactory = _ => 10_000 };
        var within = new Option<int>("--within") { Description = "Seconds over which their first attempts are spread.", DefaultValueFactory = _ => 60 };
        var latency = new Option<int>("--sts-latency") { Description = "Milliseconds that STS takes over an answer.", DefaultValueFactory = _ => 50 };
        var throttled = new Option<int>("--sts-throttles") { Description = "Percentage of calls that STS throttles." };
        var limit = new Option<int>("--limit") { Description = "Seconds, from the first attempt, within which all must have joined.", DefaultValueFactory = _ => 180 };
        var command = new Command("storm", "Let a fleet of EC2 instances restart at once, and say how long it took until all had joined.") { agents, within, latency, throttled, limit };
        command.OnRun(console, async (parsed, cancellationToken) =>
        {
            var settings = new StormSettings(
                parsed.GetValue(agents),
                TimeSpan.FromSeconds(parsed.GetValue(within)),
                TimeSpan.FromMilliseconds(parsed.GetValue(latency)),
                parsed.GetValue(throttled) / 100.0,
                TimeSpan.FromSeconds(parsed.GetValue(limit)));
            using var run = new StormRun(settings, console, time);
            return await run.RunAsync(cancellationToken) ? ExitCodes.Ok : ExitCodes.Failed;
        });
        return command;
    }
}
