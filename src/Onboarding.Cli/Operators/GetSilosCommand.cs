using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Onboarding.Cli.Output;
using Onboarding.Core.Operators;

namespace Onboarding.Cli.Operators;

/// <summary><c>onboardctl get silos</c>: the cluster's members and what each of them carries.</summary>
internal static class GetSilosCommand
{
    public static Command Create(CliConsole console)
    {
        var url = OperatorsUrlOption.Create();
        var output = OutputOption.Create();
        var command = new Command("silos", "List the members of a cluster, the entities in their memory and the agents they serve.") { url, output };
        command.OnRun(console, async (parsed, cancellationToken) =>
        {
            using var client = new OperatorsClient(parsed.GetValue(url)!);
            var report = await client.GetSilosAsync(cancellationToken);
            if (!StructuredOutput.TryWrite(console, parsed.GetValue(output), JsonSerializer.SerializeToNode(report, JsonSerializerOptions.Web)!))
            {
                Print(console, report);
            }

            return ExitCodes.Ok;
        });
        return command;
    }

    private static void Print(CliConsole console, ClusterReport report)
    {
        if (report.Edition == ClusterReport.StandaloneEdition)
        {
            console.Error.WriteLine("No silos: this endpoint is the standalone edition, one process.");
            return;
        }

        var kinds = report.Silos.SelectMany(silo => silo.Activations.Keys).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        var table = new PlainTable(["NAME", "ADDRESS", "STATUS", "AGENTS", .. kinds.Select(kind => kind.ToUpperInvariant())]);
        foreach (var silo in report.Silos)
        {
            table.AddCells([silo.Name, silo.Address, silo.Status, Text(silo.Agents), .. kinds.Select(kind => Text(silo.Activations.TryGetValue(kind, out var count) ? count : null))]);
        }

        table.WriteTo(console.Output);
        foreach (var silo in report.Silos.Where(silo => silo.Problem is not null))
        {
            console.Error.WriteLine($"{silo.Name}: {silo.Problem}");
        }
    }

    private static string? Text(int? count) => count?.ToString(CultureInfo.InvariantCulture);
}
