using System.CommandLine;
using System.Text.Json.Nodes;
using Onboarding.Cli.Output;
using Onboarding.Yaml.Fields;

namespace Onboarding.Cli.Validate;

/// <summary><c>onboardctl validate FILE…</c>: says what is wrong with files before they are used.</summary>
internal static class ValidateCommand
{
    public static Command Create(CliConsole console)
    {
        var files = new Argument<string[]>("FILE")
        {
            Description = "Manifests, ControlPlane or Helm values, and the agent's files; of a directory, its YAML and JSON files.",
            Arity = ArgumentArity.OneOrMore,
        };
        var output = OutputOption.Create();
        var command = new Command("validate", "Checks files: every problem with file, line and field. Exits with 1 when something is wrong.") { files, output };
        command.OnRun(console, async (parsed, cancellationToken) =>
        {
            var report = await FileValidation.RunAsync(parsed.GetRequiredValue(files), cancellationToken);
            if (!StructuredOutput.TryWrite(console, parsed.GetValue(output), ToJson(report)))
            {
                Write(console, report);
            }

            return report.Problems.Any(problem => !problem.IsWarning) ? ExitCodes.NotMet : ExitCodes.Ok;
        });
        return command;
    }

    private static void Write(CliConsole console, ValidationReport report)
    {
        foreach (var problem in report.Problems)
        {
            console.Output.WriteLine(problem);
        }

        var errors = report.Problems.Count(problem => !problem.IsWarning);
        console.Error.WriteLine($"{Count(report.Files, "file")}: {Count(errors, "error")}, {Count(report.Problems.Length - errors, "warning")}");
    }

    private static string Count(int number, string noun) => number == 1 ? $"1 {noun}" : $"{number} {noun}s";

    private static JsonObject ToJson(ValidationReport report) => new()
    {
        ["files"] = report.Files,
        ["problems"] = new JsonArray([.. report.Problems.Select(ToJson)]),
    };

    private static JsonObject ToJson(FieldProblem problem) => new()
    {
        ["severity"] = problem.IsWarning ? "warning" : "error",
        ["file"] = problem.File,
        ["line"] = problem.Line,
        ["field"] = problem.Path,
        ["message"] = problem.Message,
    };
}
