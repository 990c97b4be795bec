using Onboarding.Yaml.Fields;
using Onboarding.Yaml.Nodes;

namespace Onboarding.Yaml.AgentFiles;

/// <summary>What the files of a VM have in common: one document, no metadata, fields at the top, protobuf JSON.</summary>
internal static class AgentFile
{
    public const string ApiVersion = "config.agent.onboarding.tetrate.io/v1alpha1";

    /// <summary>Reads a text that must hold one document; null: it has errors.</summary>
    public static T? Read<T>(YamlText text, string file, ProblemList problems, Func<YamlDocument, ProblemList, T?> read)
        where T : class
    {
        problems.AddRange(text.Problems);
        if (text.Problems.Length > 0)
        {
            return null;
        }

        if (text.Documents.Length != 1)
        {
            problems.Add(new FieldProblem(file, 1, "", text.Documents.Length == 0 ? "is empty" : "must hold one document only"));
            return null;
        }

        return read(text.Documents[0], problems);
    }

    /// <summary>Reads a document of a kind; null: it has errors, which are all reported.</summary>
    public static T? Read<T>(YamlDocument document, string kind, ProblemList problems, Func<FieldReader, T> read)
        where T : class
    {
        // A list of its own: what was reported before must not make this document invalid.
        var own = new ProblemList();
        T? value = null;
        if (FieldReader.Open(document, own, FieldRules.Strict | FieldRules.ProtobufJson) is { } reader)
        {
            reader.RequiredText("apiVersion", text => string.Equals(text, ApiVersion, StringComparison.Ordinal) ? null : $"must be {ApiVersion}");
            reader.RequiredText("kind", text => string.Equals(text, kind, StringComparison.Ordinal) ? null : $"must be {kind}");
            value = read(reader);
            reader.ReportUnknown();
        }

        problems.AddRange(own.Items);
        return own.HasErrors ? null : value;
    }
}
