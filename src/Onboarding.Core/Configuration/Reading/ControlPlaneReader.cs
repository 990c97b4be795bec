using Onboarding.Yaml.Fields;
using Onboarding.Yaml.Nodes;

namespace Onboarding.Core.Configuration.Reading;

/// <summary>
/// Reads <c>spec.meshExpansion</c> of a ControlPlane (<c>install.tetrate.io/v1alpha1</c>), or of Helm values with a top-level <c>spec</c>; the rest is
/// not ours and is ignored. Paths in it are resolved against the file's directory.
/// </summary>
public static class ControlPlaneReader
{
    /// <summary>The kind.</summary>
    public const string Kind = "ControlPlane";

    private const string ApiVersion = "install.tetrate.io/v1alpha1";

    /// <summary>Reads a file's text; null: it has errors, which are reported. Warnings are reported beside them.</summary>
    public static OnboardingOptions? Read(string text, string file, ProblemList problems) =>
        Read(YamlParser.Parse(text, file, YamlLimits.Configuration), file, problems);

    /// <summary>Reads what a file consists of: the ControlPlane among its documents, or its only document.</summary>
    public static OnboardingOptions? Read(YamlText text, string file, ProblemList problems)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(problems);
        problems.AddRange(text.Problems);
        if (!text.Problems.IsEmpty)
        {
            return null;
        }

        var candidates = text.Documents.Length == 1 ? [.. text.Documents] : text.Documents.Where(IsControlPlane).ToList();
        if (candidates.Count != 1)
        {
            problems.Add(new FieldProblem(file, 1, "", $"must hold one document of kind {Kind}, or Helm values with spec at the top; it has {candidates.Count}"));
            return null;
        }

        return Read(candidates[0], problems);
    }

    /// <summary>Reads a document; null: it has errors, which are reported.</summary>
    public static OnboardingOptions? Read(YamlDocument document, ProblemList problems)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(problems);
        // A list of its own: what was reported before must not make this document invalid.
        var own = new ProblemList();
        OnboardingOptions? options = null;
        if (FieldReader.Open(document, own, FieldRules.Lenient) is { } reader)
        {
            options = ReadForm(reader);
            reader.ReportUnknown();
        }

        problems.AddRange(own.Items);
        return own.HasErrors ? null : options;
    }

    private static bool IsControlPlane(YamlDocument document) =>
        document.Root is YamlMapping root && root.Find("kind")?.Value is YamlScalar { Text: Kind };

    private static OnboardingOptions? ReadForm(FieldReader reader)
    {
        if (reader.Has("kind") || reader.Has("apiVersion"))
        {
            reader.RequiredText("apiVersion", text => string.Equals(text, ApiVersion, StringComparison.Ordinal) ? null : $"must be {ApiVersion}");
            reader.RequiredText("kind", text => string.Equals(text, Kind, StringComparison.Ordinal) ? null : $"must be {Kind}");
        }

        if (reader.RequiredMapping("spec") is not { } spec)
        {
            return null;
        }

        var expansion = spec.Mapping("meshExpansion", FieldRules.Strict | FieldRules.ProtobufJson);
        if (expansion is null || !expansion.Has("onboarding"))
        {
            var at = expansion ?? spec;
            at.Report(expansion is null ? "meshExpansion" : "onboarding", "onboarding is not enabled; give spec.meshExpansion.onboarding with endpoint.hosts and endpoint.secretName");
            return null;
        }

        return OnboardingOptionsReader.Read(expansion);
    }
}
