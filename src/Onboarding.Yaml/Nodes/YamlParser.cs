using System.Collections.Immutable;
using Onboarding.Yaml.Fields;
using YamlDotNet.Core;

namespace Onboarding.Yaml.Nodes;

/// <summary>Reads YAML, and so JSON, of any number of documents into positioned nodes, within limits.</summary>
public static class YamlParser
{
    /// <summary>Reads a text. What is wrong with it is part of the result.</summary>
    /// <param name="text">The text.</param>
    /// <param name="file">Its name, for messages.</param>
    /// <param name="limits">What it may ask of the reader; null: <see cref="YamlLimits.Manifests"/>.</param>
    public static YamlText Parse(string text, string file, YamlLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(file);
        limits ??= YamlLimits.Manifests;
        if (text.Length > limits.MaxCharacters)
        {
            return Refused([], file, 1, $"is longer than {limits.MaxCharacters} characters");
        }

        var documents = ImmutableArray.CreateBuilder<YamlDocument>();
        try
        {
            var builder = new NodeBuilder(new Parser(new StringReader(text)), limits);
            while (builder.TryReadDocument(out var root))
            {
                if (root is not YamlScalar { Kind: ScalarKind.Null })
                {
                    documents.Add(new YamlDocument(file, root));
                }
            }

            return new YamlText(documents.ToImmutable(), []);
        }
        catch (YamlException e)
        {
            return Refused(documents, file, (int)e.Start.Line, e.Message);
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or OverflowException or FormatException)
        {
            // The scanner's own failures on malformed input (numbers in directives and escapes, say).
            return Refused(documents, file, 1, $"cannot be read as YAML: {e.Message}");
        }
    }

    private static YamlText Refused(IEnumerable<YamlDocument> documents, string file, int line, string message) =>
        new([.. documents], [new FieldProblem(file, line, "", message)]);
}
