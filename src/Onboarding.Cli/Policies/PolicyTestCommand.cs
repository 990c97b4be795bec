using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Onboarding.Cli.Output;
using Onboarding.Core.Policy;

namespace Onboarding.Cli.Policies;

/// <summary><c>onboardctl policy test</c>: unit tests of policies. One line of JSON in, one line of JSON out.</summary>
internal static class PolicyTestCommand
{
    public static Command Create(CliConsole console, TimeProvider time)
    {
        var files = new PolicyFileOptions();
        var cases = new Option<string>("--cases")
        {
            Description = """File of JSON lines: {"identity":{…},"workloadGroup":{"namespace":…,"name":…},"expect":"allow|deny"}; expect may be left out.""",
            HelpName = "FILE",
            Required = true,
        };
        var command = new Command("test", "Decide about a file of cases; exit 1 when an expectation is not met.") { cases };
        files.AddTo(command);
        command.OnRun(console, (parsed, cancellationToken) =>
            RunAsync(files.Manifests(parsed), files.Config(parsed), parsed.GetRequiredValue(cases), console, time, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string manifests, string? config, string file, CliConsole console, TimeProvider time, CancellationToken cancellationToken)
    {
        var cases = await ReadCasesAsync(file, console, cancellationToken);
        var policies = await PolicyFiles.LoadAsync(manifests, config, console, time, cancellationToken);
        var isMet = true;
        foreach (var (line, asked) in cases)
        {
            var decision = policies.Evaluate(asked, time.GetUtcNow());
            StructuredOutput.WriteLine(console, ToJson(decision));
            if (asked.ExpectAllow is { } expected && expected != decision.IsAllowed)
            {
                isMet = false;
                await console.Error.WriteLineAsync($"{file}:{line}: expected {Word(expected)}, got {Word(decision.IsAllowed)}: {decision.Reason}");
            }
        }

        // A broken manifest comes last and wins: what was expected may have been met by accident.
        return policies.AreBroken ? throw new CliException($"some manifests in {manifests} are broken; the decisions are those of the rest")
            : isMet ? ExitCodes.Ok
            : ExitCodes.NotMet;
    }

    private static async Task<List<(int Line, PolicyCase Case)>> ReadCasesAsync(string file, CliConsole console, CancellationToken cancellationToken)
    {
        var cases = new List<(int, PolicyCase)>();
        var line = 0;
        var areWrong = false;
        await foreach (var text in File.ReadLinesAsync(file, cancellationToken))
        {
            line++;
            if (string.IsNullOrWhiteSpace(text))
            {
                continue;
            }

            try
            {
                cases.Add((line, PolicyCase.Parse(text)));
            }
            catch (JsonException e)
            {
                areWrong = true;
                await console.Error.WriteLineAsync($"{file}:{line}: {e.Message}");
            }
        }

        return areWrong ? throw new CliException($"{file} has cases that cannot be read; nothing was decided") : cases;
    }

    private static JsonObject ToJson(PolicyDecision decision) => new()
    {
        ["decision"] = Word(decision.IsAllowed),
        ["policy"] = decision.Policy,
        ["rule"] = decision.Rule,
        ["reason"] = decision.Reason,
    };

    private static string Word(bool isAllowed) => isAllowed ? "allow" : "deny";
}
