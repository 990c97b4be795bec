using System.CommandLine;
using System.Text.Json;
using Onboarding.Cli.Groups;
using Onboarding.Cli.Output;
using Onboarding.Core.Identity;
using Onboarding.Core.Workloads;

namespace Onboarding.Cli.Workloads;

/// <summary><c>onboardctl describe workload</c>.</summary>
internal static class DescribeCommand
{
    public static Command Create(CliConsole console) => new("describe", "Show all that a running endpoint knows of one thing.")
    {
        CreateWorkload(console),
        DescribeGroupCommand.Create(console),
    };

    private static Command CreateWorkload(CliConsole console)
    {
        var endpoint = new SocketOptions();
        var name = new Argument<string>("workload") { Description = "The workload, NAMESPACE/NAME.", HelpName = "NAMESPACE/NAME" };
        var output = OutputOption.Create();
        var command = new Command("workload", "Show a registered workload.") { name, output };
        endpoint.AddTo(command);
        command.OnRun(console, async (parsed, cancellationToken) =>
        {
            var wanted = ObjectName.Parse(parsed.GetRequiredValue(name));
            using var client = endpoint.Connect(parsed);
            if (await client.DescribeAsync(wanted.Namespace, wanted.Name, cancellationToken) is not { } workload)
            {
                await console.Error.WriteLineAsync($"onboardctl: no workload {wanted} is registered");
                return ExitCodes.NotMet;
            }

            if (!StructuredOutput.TryWrite(console, parsed.GetValue(output), AdminClient.ToJson(workload)))
            {
                Print(console, workload);
            }

            return ExitCodes.Ok;
        });
        return command;
    }

    private static void Print(CliConsole console, WorkloadDescription workload)
    {
        var (summary, decision) = (workload.Summary, workload.Decision);
        var facts = new PlainTable();
        facts.AddCells("Name", summary.Name);
        facts.AddCells("Namespace", summary.Namespace);
        facts.AddCells("Group", summary.Group);
        facts.AddCells("State", summary.Suspended is { } reason ? $"suspended: {reason}" : WorkloadState.Of(summary));
        facts.AddCells("Identity", JsonSerializer.Serialize<WorkloadIdentity>(workload.Identity));
        facts.AddCells("Address", summary.Address);
        facts.AddCells("Labels", string.Join(",", workload.Labels.Select(label => $"{label.Key}={label.Value}")));
        facts.AddCells("Policy", $"{(decision.IsAllowed ? "allowed" : "refused")}: {decision.Reason}");
        facts.AddCells("Registered", TimeText.Of(summary.RegisteredAt));
        facts.AddCells("Last contact", TimeText.Of(summary.LastContact));
        facts.AddCells("Agent version", summary.AgentVersion);
        facts.AddCells("Boot bundle", workload.BootstrapRevision);
        facts.AddCells("Sidecar runs with", workload.SidecarConfigRevision);
        facts.AddCells("Sidecar resource", workload.Sidecar);
        facts.WriteTo(console.Output);
        if (workload.Conditions.IsEmpty)
        {
            return;
        }

        console.Output.WriteLine();
        var conditions = new PlainTable("CONDITION", "STATUS", "REASON", "SINCE", "MESSAGE");
        foreach (var condition in workload.Conditions)
        {
            conditions.AddCells(condition.Type, condition.Status, condition.Reason, TimeText.Of(condition.LastTransitionTime), condition.Message);
        }

        conditions.WriteTo(console.Output);
    }
}
