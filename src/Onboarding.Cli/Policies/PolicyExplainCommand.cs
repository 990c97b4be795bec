using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Onboarding.Cli.Output;
using Onboarding.Cli.Workloads;
using Onboarding.Core.Identity;
using Onboarding.Core.Policy;
using Onboarding.Protocol;

namespace Onboarding.Cli.Policies;

/// <summary><c>onboardctl policy explain</c>: what was tried for one identity, and the first thing that did not match each time.</summary>
internal static class PolicyExplainCommand
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static Command Create(CliConsole console, TimeProvider time)
    {
        var files = new PolicyFileOptions();
        var endpoint = new SocketOptions();
        var identity = new Option<string>("--identity", "-i")
        {
            Description = """The identity as JSON, {"jwt":{…}} or {"aws":{…}}; @FILE reads it from a file.""",
            HelpName = "JSON",
            Required = true,
        };
        var group = new Option<string>("--group", "-g") { Description = "The WorkloadGroup.", HelpName = "NAMESPACE/NAME", Required = true };
        var output = OutputOption.Create();
        var command = new Command("explain", "Show every rule that could let an identity in, and the first thing that did not match.") { identity, group, output };
        files.AddOptionallyTo(command);
        endpoint.AddOptionallyTo(command);
        command.Validators.Add(result =>
        {
            if (endpoint.Count(result) + (files.AreGiven(result) ? 1 : 0) != 1)
            {
                result.AddError("Give --manifests to read files, or one of --data and --socket to ask a running endpoint.");
            }
        });
        command.OnRun(console, async (parsed, cancellationToken) =>
        {
            var asked = new PolicyCase(
                await ReadIdentityAsync(parsed.GetRequiredValue(identity), cancellationToken),
                ObjectName.Parse(parsed.GetRequiredValue(group)),
                ExpectAllow: null);
            var (explanation, exitCode) = endpoint.AreGiven(parsed)
                ? (await AskAsync(endpoint, parsed, asked, cancellationToken), ExitCodes.Ok)
                : await ReadAsync(files, parsed, asked, console, time, cancellationToken);
            if (!StructuredOutput.TryWrite(console, parsed.GetValue(output), ToJson(explanation)))
            {
                Print(console, asked.WorkloadGroup, explanation);
            }

            return exitCode;
        });
        return command;
    }

    private static async Task<PolicyExplanation> AskAsync(SocketOptions endpoint, ParseResult parsed, PolicyCase asked, CancellationToken cancellationToken)
    {
        using var client = endpoint.Connect(parsed);
        return await client.ExplainAsync(asked, cancellationToken);
    }

    private static async Task<(PolicyExplanation Explanation, int ExitCode)> ReadAsync(
        PolicyFileOptions files, ParseResult parsed, PolicyCase asked, CliConsole console, TimeProvider time, CancellationToken cancellationToken)
    {
        var policies = await PolicyFiles.LoadAsync(files.Manifests(parsed), files.Config(parsed), console, time, cancellationToken);
        return (policies.Explain(asked, time.GetUtcNow()), policies.AreBroken ? ExitCodes.Failed : ExitCodes.Ok);
    }

    private static async Task<WorkloadIdentity> ReadIdentityAsync(string text, CancellationToken cancellationToken)
    {
        var json = text is ['@', .. var file] ? await File.ReadAllTextAsync(file, cancellationToken) : text;
        try
        {
            using var document = JsonDocument.Parse(json);
            return WorkloadIdentityJson.Read(document.RootElement);
        }
        catch (JsonException e)
        {
            throw new CliException($"--identity: {e.Message}", e);
        }
    }

    private static JsonObject ToJson(PolicyExplanation explanation) => new JsonObject
    {
        ["decision"] = explanation.Decision.IsAllowed ? "allow" : "deny",
        ["policy"] = explanation.Decision.Policy,
        ["rule"] = explanation.Decision.Rule,
        ["reason"] = explanation.Decision.Reason,
        ["candidates"] = JsonSerializer.SerializeToNode(explanation.Candidates, Json),
    };

    private static void Print(CliConsole console, WorkloadGroupReference group, PolicyExplanation explanation)
    {
        var verdict = explanation.Decision.IsAllowed ? "allowed" : "refused";
        console.Output.WriteLine($"{verdict} to join {group}: {explanation.Decision.Reason}");
        if (explanation.Candidates.IsEmpty)
        {
            return;
        }

        console.Output.WriteLine();
        var table = new PlainTable("POLICY", "RULE", "WORKLOAD", "FIRST MISMATCH");
        foreach (var candidate in explanation.Candidates)
        {
            table.AddCells(candidate.Policy, $"{candidate.Rule}", $"{candidate.Workload}", candidate.Mismatch ?? "none: it matches");
        }

        table.WriteTo(console.Output);
    }
}
