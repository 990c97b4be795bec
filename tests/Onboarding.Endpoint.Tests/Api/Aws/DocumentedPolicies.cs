using System.Text;
using System.Text.RegularExpressions;
using Onboarding.TestKit.Data;

namespace Onboarding.Endpoint.Tests.Api.Aws;

/// <summary>The policies for AWS in the public documentation, in their order: two of the setup guide, five of the reference.</summary>
internal static partial class DocumentedPolicies
{
    public const string Guide = "seeds/000_b69365cabb487a61.txt";
    private const string Reference = "seeds/002_b2556cb54d31eda6.txt";

    // The reference's text has lost its indentation; where a field stands says how deep it was.
    private static readonly string[][] FieldsByDepth =
    [
        ["apiVersion", "kind", "metadata", "spec"],
        ["name", "namespace", "allow", "- workloads"],
        ["- aws", "onboardTo", "- workloadGroupSelector"],
        [],
        ["matchLabels", "partitions", "accounts", "regions", "zones", "ec2"],
        ["app", "iamRoleNames"],
    ];

    /// <summary>A policy, as YAML.</summary>
    public static string Read(int index) => index < 2 ? FromGuide()[index] : FromReference()[index - 2];

    private static List<string> FromGuide() =>
        [.. CodeBlock().Matches(File.ReadAllText(SharedData.PathOf(Guide))).Select(block => block.Groups["text"].Value).Where(IsPolicy)];

    private static List<string> FromReference() =>
        [.. Paragraphs(File.ReadAllText(SharedData.PathOf(Reference))).Where(IsPolicy).Select(Indent)];

    private static string[] Paragraphs(string text) => text.ReplaceLineEndings("\n").Split("\n\n", StringSplitOptions.RemoveEmptyEntries);

    private static bool IsPolicy(string text) =>
        text.StartsWith("apiVersion: authorization", StringComparison.Ordinal) && text.Contains("- aws:", StringComparison.Ordinal);

    private static string Indent(string text)
    {
        var indented = new StringBuilder();
        var depth = 0;
        foreach (var line in text.Replace("\\{\\}", "{}", StringComparison.Ordinal).Split('\n').Where(line => !line.StartsWith('#')))
        {
            var field = line.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon ? line[..colon] : null;
            depth = field is null ? depth : 2 * Array.FindIndex(FieldsByDepth, fields => fields.Contains(field, StringComparer.Ordinal));
            indented.Append(' ', depth).Append(line).Append('\n');
        }

        return indented.ToString();
    }

    [GeneratedRegex("^```yaml\\n(?<text>.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex CodeBlock();
}
