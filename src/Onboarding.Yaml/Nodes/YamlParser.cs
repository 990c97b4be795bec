using System.Collections.Immutable;
using System.Text;
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

        if (FindForbidden(text) is { } forbidden)
        {
            var line = text.AsSpan(0, forbidden).Count('\n') + 1;
            return Refused([], file, line, $"has the character U+{(int)text[forbidden]:X4}, which YAML does not allow");
        }

        var documents = ImmutableArray.CreateBuilder<YamlDocument>();
        var builder = new NodeBuilder(new Parser(new StringReader(text)), limits);
        try
        {
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
            return Refused(documents, file, e.Start.Index > 0 ? (int)e.Start.Line : builder.Line, e.Message);
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or OverflowException or FormatException)
        {
            // The scanner's own failures on malformed input, which say nothing of use.
            return Refused(documents, file, builder.Line, "cannot be read as YAML here or below; look for an open bracket or quote, or wrong indentation");
        }
    }

    /// <summary>Reads a file, UTF-8. That it cannot be opened or read is an <see cref="IOException"/> or <see cref="UnauthorizedAccessException"/>.</summary>
    /// <param name="path">The file, also its name for messages.</param>
    /// <param name="limits">What it may ask of the reader; null: <see cref="YamlLimits.Manifests"/>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<YamlText> ParseFileAsync(string path, YamlLimits? limits = null, CancellationToken cancellationToken = default)
    {
        limits ??= YamlLimits.Manifests;
        using var reader = new StreamReader(path, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true));
        var text = new StringBuilder();
        var buffer = new char[16 * 1024];
        try
        {
            int read;
            while (text.Length <= limits.MaxCharacters && (read = await reader.ReadAsync(buffer, cancellationToken)) > 0)
            {
                text.Append(buffer, 0, read);
            }
        }
        catch (DecoderFallbackException)
        {
            return Refused([], path, 1, "is not UTF-8");
        }

        return Parse(text.ToString(), path, limits);
    }

    /// <summary>The first character outside YAML 1.2's c-printable (section 5.1); the scanner takes some of them for the text's end.</summary>
    private static int? FindForbidden(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var letter = text[i];
            if (char.IsSurrogate(letter))
            {
                if (!char.IsHighSurrogate(letter) || i + 1 == text.Length || !char.IsLowSurrogate(text[++i]))
                {
                    return i;
                }
            }
            else if ((char.IsControl(letter) && letter is not ('\t' or '\n' or '\r' or '\u0085')) || letter is '\uFFFE' or '\uFFFF')
            {
                return i;
            }
        }

        return null;
    }

    private static YamlText Refused(IEnumerable<YamlDocument> documents, string file, int line, string message) =>
        new([.. documents], [new FieldProblem(file, line, "", message)]);
}
