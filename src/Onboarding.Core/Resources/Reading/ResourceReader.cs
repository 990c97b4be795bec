using Onboarding.Yaml.Fields;
using Onboarding.Yaml.Nodes;

namespace Onboarding.Core.Resources.Reading;

/// <summary>What the readers of resources have in common.</summary>
internal static class ResourceReader
{
    /// <summary>Reads a document; null: it has errors, which are all reported.</summary>
    public static T? Read<T>(YamlDocument document, FieldRules rules, ProblemList problems, Func<FieldReader, T?> read)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(problems);
        // A list of its own: what was reported before must not make this document invalid.
        var own = new ProblemList();
        T? value = null;
        if (FieldReader.Open(document, own, rules) is { } reader)
        {
            reader.Ignore("apiVersion", "kind");
            value = read(reader);
            reader.ReportUnknown();
        }

        problems.AddRange(own.Items);
        return own.HasErrors ? null : value;
    }
}
