using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Onboarding.Cli.Output;
using Onboarding.Cli.Workloads;
using Onboarding.Core.Workloads;

namespace Onboarding.Cli.Groups;

/// <summary><c>onboardctl get groups</c>.</summary>
internal static class GetGroupsCommand
{
    public static Command Create(CliConsole console)
    {
        var endpoint = new SocketOptions();
        var @namespace = new Option<string?>("--namespace", "-n") { Description = "Only the groups of this namespace.", HelpName = "NAMESPACE" };
        var output = OutputOption.Create();
        var command = new Command("groups", "List the WorkloadGroups and what their members do.") { @namespace, output };
        endpoint.AddTo(command);
        command.OnRun(console, async (parsed, cancellationToken) =>
        {
            using var client = endpoint.Connect(parsed);
            var groups = await client.ListGroupsAsync(parsed.GetValue(@namespace), cancellationToken);
            if (!StructuredOutput.TryWrite(console, parsed.GetValue(output), new JsonObject { ["items"] = AdminClient.ToJson(groups) }))
            {
                Print(console, groups);
            }

            return ExitCodes.Ok;
        });
        return command;
    }

    private static void Print(CliConsole console, IReadOnlyList<GroupSummary> groups)
    {
        if (groups.Count == 0)
        {
            console.Error.WriteLine("There are no groups.");
            return;
        }

        var table = new PlainTable("NAMESPACE", "NAME", "MEMBERS", "CONNECTED", "SUSPENDED", "HELD", "OUTDATED");
        foreach (var group in groups)
        {
            table.AddCells(
                [group.Namespace, group.Name, .. new[] { group.Members, group.Connected, group.Suspended, group.Held, group.Outdated }.Select(Text)]);
        }

        table.WriteTo(console.Output);
    }

    private static string Text(int count) => count.ToString(CultureInfo.InvariantCulture);
}
