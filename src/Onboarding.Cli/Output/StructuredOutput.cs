using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using YamlDotNet.Serialization;

namespace Onboarding.Cli.Output;

/// <summary>Results for programs.</summary>
internal static class StructuredOutput
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes a result as JSON or YAML; false: people are to read it.</summary>
    public static bool TryWrite(CliConsole console, OutputFormat format, JsonNode result)
    {
        switch (format)
        {
            case OutputFormat.Json:
                console.Output.WriteLine(result.ToJsonString(Indented));
                return true;
            case OutputFormat.Yaml:
                console.Output.Write(new SerializerBuilder().WithQuotingNecessaryStrings().Build().Serialize(ToPlain(result)!));
                return true;
            default:
                return false;
        }
    }

    private static object? ToPlain(JsonNode? node) => node switch
    {
        JsonObject members => members.ToDictionary(member => member.Key, member => ToPlain(member.Value), StringComparer.Ordinal),
        JsonArray items => items.Select(ToPlain).ToList(),
        JsonValue value => value.GetValueKind() switch
        {
            JsonValueKind.String => value.GetValue<string>(),
            JsonValueKind.True or JsonValueKind.False => value.GetValue<bool>(),
            _ => value.TryGetValue<long>(out var whole) ? whole : value.GetValue<double>(),
        },
        _ => null,
    };
}
