using System.Collections.Immutable;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Onboarding.Core.Configuration;
using Onboarding.Core.Configuration.Reading;
using Onboarding.Yaml.Fields;
using Onboarding.Yaml.Nodes;

namespace Onboarding.Endpoint.Configuration;

/// <summary>An entry of the deny list as text: JSON, which is YAML too.</summary>
internal static class DeniedItem
{
    // It is read by people, and never put into HTML.
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The entry in one line.</summary>
    public static string Write(DeniedWorkload entry) => Mapping(
        ("aws", entry.Aws is { } aws
            ? Mapping(("account", Text(aws.Account)), ("instanceId", Text(aws.InstanceId)), ("taskId", Text(aws.TaskId)), ("iamRole", Text(aws.IamRole)))
            : null),
        ("jwt", entry.Jwt is { } jwt ? Mapping(("issuer", Text(jwt.Issuer)), ("subject", Text(jwt.Subject))) : null),
        ("workload", Text(entry.Workload)),
        ("before", Text(entry.Before?.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture))));

    /// <summary>What is wrong with an entry.</summary>
    public static ImmutableArray<FieldProblem> Check(string item, string file)
    {
        var problems = new ProblemList();
        var parsed = YamlParser.Parse(item, file);
        problems.AddRange(parsed.Problems);
        if (parsed.Documents is [var document] && FieldReader.Open(document, problems, FieldRules.Strict) is { } reader)
        {
            DeniedWorkloadReader.Read(reader);
            reader.ReportUnknown();
        }

        return problems.Errors;
    }

    private static string Mapping(params ReadOnlySpan<(string Name, string? Value)> fields)
    {
        var written = new List<string>();
        foreach (var (name, value) in fields)
        {
            if (value is not null)
            {
                written.Add($"\"{name}\": {value}");
            }
        }

        return $"{{{string.Join(", ", written)}}}";
    }

    private static string? Text(string? value) => value is null ? null : JsonSerializer.Serialize(value, Relaxed);
}
