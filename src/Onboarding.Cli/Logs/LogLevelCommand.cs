using System.CommandLine;
using Onboarding.Cli.Output;
using Onboarding.Cli.Workloads;

namespace Onboarding.Cli.Logs;

/// <summary><c>onboardctl log-level</c>.</summary>
internal static class LogLevelCommand
{
    private const string Default = "default";

    // As Microsoft.Extensions.Logging names them.
    private static readonly string[] Levels = ["Trace", "Debug", "Information", "Warning", "Error", "Critical", "None", Default];

    public static Command Create(CliConsole console)
    {
        var endpoint = new SocketOptions();
        var category = new Argument<string?>("category") { Description = "Beginning of the categories' name, e.g. Onboarding or Onboarding.Core.Workloads.", Arity = ArgumentArity.ZeroOrOne };
        var level = new Argument<string?>("level") { Description = "The least level to log; default takes back what was set.", Arity = ArgumentArity.ZeroOrOne };
        level.AcceptOnlyFromAmong(Levels);
        var command = new Command("log-level", "Show or set what a running standalone endpoint logs, until it ends.") { category, level };
        endpoint.AddTo(command);
        command.OnRun(console, async (parsed, cancellationToken) =>
        {
            using var client = endpoint.Connect(parsed);
            var levels = (parsed.GetValue(category), parsed.GetValue(level)) switch
            {
                (null, _) => await client.GetLogLevelsAsync(cancellationToken),
                (_, null) => throw new CliException($"give a level, too: {string.Join(", ", Levels)}"),
                ({ } name, { } wanted) => await client.SetLogLevelAsync(name, wanted == Default ? null : wanted, cancellationToken),
            };
            Print(console, levels);
            return ExitCodes.Ok;
        });
        return command;
    }

    private static void Print(CliConsole console, IReadOnlyDictionary<string, string> levels)
    {
        if (levels.Count == 0)
        {
            console.Error.WriteLine("Levels are as they were at the start.");
            return;
        }

        var table = new PlainTable("CATEGORY", "LEVEL");
        foreach (var (category, level) in levels)
        {
            table.AddCells(category, level);
        }

        table.WriteTo(console.Output);
    }
}
