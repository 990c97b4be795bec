using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Onboarding.Protocol.Bundle;

namespace Onboarding.Cli.Output;

/// <summary>Results for programs.</summary>
internal static class StructuredOutput
{
    // What is written is read by programs and people, never put into HTML.
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonSerializerOptions OneLine = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes a result as JSON or YAML; false: people are to read it.</summary>
    public static bool TryWrite(CliConsole console, OutputFormat format, JsonNode result)
    {
        switch (format)
        {
            case OutputFormat.Json:
                console.Output.WriteLine(result.ToJsonString(Indented));
                return true;
            case OutputFormat.Yaml:
                console.Output.Write(GoYaml.Write(result));
                return true;
            default:
                return false;
        }
    }

    /// <summary>Writes one line of JSON.</summary>
    public static void WriteLine(CliConsole console, JsonNode line) => console.Output.WriteLine(line.ToJsonString(OneLine));
}
