using System.CommandLine;
using Onboarding.Cli.Output;
using Onboarding.Cli.Workloads;
using Onboarding.Core.Workloads;

namespace Onboarding.Cli.Groups;

/// <summary><c>onboardctl describe group</c>.</summary>
internal static class DescribeGroupCommand
{
    public static Command Create(CliConsole console)
    {
        var endpoint = new SocketOptions();
        var name = new Argument<string>("group") { Description = "The group, NAMESPACE/NAME.", HelpName = "NAMESPACE/NAME" };
        var output = OutputOption.Create();
        var command = new Command("group", "Show a WorkloadGroup: its members, what the brake holds, how far a rollout is, its policies.") { name, output };
        endpoint.AddTo(command);
        command.OnRun(console, async (parsed, cancellationToken) =>
        {
            var wanted = ObjectName.Parse(parsed.GetRequiredValue(name));
            using var client = endpoint.Connect(parsed);
            if (await client.DescribeGroupAsync(wanted, cancellationToken) is not { } group)
            {
                await console.Error.WriteLineAsync($"onboardctl: there is no group {wanted}, and nobody is registered in it");
                return ExitCodes.NotMet;
            }

            if (!StructuredOutput.TryWrite(console, parsed.GetValue(output), AdminClient.ToJson(group)))
            {
                Print(console, group);
            }

            return ExitCodes.Ok;
        });
        return command;
    }

    private static void Print(CliConsole console, GroupDescription group)
    {
        var summary = group.Summary;
        var facts = new PlainTable();
        facts.AddCells("Name", group.Exists ? summary.Name : $"{summary.Name} (there is no such WorkloadGroup any more)");
        facts.AddCells("Namespace", summary.Namespace);
        facts.AddCells("Members", $"{summary.Members}, of which {summary.Connected} connected, {summary.Suspended} suspended");
        facts.AddCells("Brake", DescribeBrake(group));
        facts.AddCells("Rollout", summary.Outdated == 0 ? "every sidecar runs with its boot bundle" : $"{summary.Outdated} run with an older boot bundle, {group.Restarting} have their turn to restart");
        facts.WriteTo(console.Output);
        PrintPolicies(console, group);
        PrintMembers(console, group);
    }

    private static string DescribeBrake(GroupDescription group)
    {
        var state = group.BrakedSince is { } since ? $"holds {group.Summary.Held} removals since {TimeText.Of(since)}"
            : group.Summary.Held > 0 ? $"holds {group.Summary.Held} removals"
            : "holds nothing";
        return $"{state}; {group.Removed} removed lately{(group.IsRemovalConfirmed ? "; off, the group is annotated confirm-removal" : "")}";
    }

    private static void PrintPolicies(CliConsole console, GroupDescription group)
    {
        console.Output.WriteLine();
        if (group.Policies.IsEmpty)
        {
            console.Output.WriteLine("No policy selects the group: nobody may join.");
            return;
        }

        var policies = new PlainTable("POLICY", "ACCEPTED", "REASON", "MESSAGE");
        foreach (var policy in group.Policies)
        {
            policies.AddCells(policy.Policy, policy.IsAccepted ? "True" : "False", policy.Reason, policy.Message);
        }

        policies.WriteTo(console.Output);
    }

    private static void PrintMembers(CliConsole console, GroupDescription group)
    {
        if (group.Members.IsEmpty)
        {
            return;
        }

        console.Output.WriteLine();
        var members = new PlainTable("MEMBER", "STATE", "ADDRESS", "LAST CONTACT");
        foreach (var member in group.Members)
        {
            members.AddCells(member.Name, WorkloadState.Of(member), member.Address, TimeText.Of(member.LastContact));
        }

        members.WriteTo(console.Output);
    }
}
