using System.CommandLine;
using System.Text.Json.Nodes;
using Onboarding.Cli.Groups;
using Onboarding.Cli.Operators;
using Onboarding.Cli.Output;
using Onboarding.Core.Workloads;

namespace Onboarding.Cli.Workloads;

/// <summary><c>onboardctl get</c>: workloads, groups, silos.</summary>
internal static class GetCommand
{
    public static Command Create(CliConsole console) => new("get", "List what a running endpoint knows.")
    {
        CreateWorkloads(console),
        GetGroupsCommand.Create(console),
        GetSilosCommand.Create(console),
    };

    private static Command CreateWorkloads(CliConsole console)
    {
        var endpoint = new SocketOptions();
        var @namespace = new Option<string?>("--namespace", "-n") { Description = "Only the workloads of this namespace.", HelpName = "NAMESPACE" };
        var output = OutputOption.CreateWithWide();
        var command = new Command("workloads", "List the registered workloads.") { @namespace, output };
        endpoint.AddTo(command);
        command.OnRun(console, async (parsed, cancellationToken) =>
        {
            using var client = endpoint.Connect(parsed);
            var workloads = await client.ListAsync(parsed.GetValue(@namespace), cancellationToken);
            var format = parsed.GetValue(output);
            if (!StructuredOutput.TryWrite(console, format, new JsonObject { ["items"] = AdminClient.ToJson(workloads) }))
            {
                Print(console, workloads, isWide: format == OutputFormat.Wide);
            }

            return ExitCodes.Ok;
        });
        return command;
    }

    private static void Print(CliConsole console, IReadOnlyList<WorkloadSummary> workloads, bool isWide)
    {
        if (workloads.Count == 0)
        {
            console.Error.WriteLine("No workloads are registered.");
            return;
        }

        string[] more = isWide ? ["GROUP", "STATE", "ADDRESS", "AGENT VERSION", "LAST CONTACT"] : [];
        var table = new PlainTable(["NAMESPACE", "NAME", "AGENT CONNECTED", "REGISTERED", .. more]);
        foreach (var workload in workloads)
        {
            string?[] details = isWide ? [workload.Group, WorkloadState.Of(workload), workload.Address, workload.AgentVersion, TimeText.Of(workload.LastContact)] : [];
            table.AddCells([workload.Namespace, workload.Name, workload.Connected ? "True" : "False", TimeText.Of(workload.RegisteredAt), .. details]);
        }

        table.WriteTo(console.Output);
    }
}
