using YamlDotNet.Core;

namespace Onboarding.Yaml.Editing;

/// <summary>
/// Adds items to a list in a YAML or JSON text and takes items out, and leaves every other character of it as it is: comments, order and
/// layout are somebody's. The caller reads what comes out before it is used, since a text may be laid out as nobody foresaw.
/// </summary>
public static class YamlListEditor
{
    /// <summary>Adds an item at the list's beginning; what is missing on the way to the list is made.</summary>
    /// <param name="text">The text.</param>
    /// <param name="document">Index of the document in it.</param>
    /// <param name="path">Names of the mappings' fields that lead to the list, from the document's root.</param>
    /// <param name="item">The item in one line, in flow style (JSON is).</param>
    /// <exception cref="FormatException">The text is none that this can change.</exception>
    public static string Add(string text, int document, IReadOnlyList<string> path, string item)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(path);
        var place = Find(text, document, path);
        var rest = path.Skip(place.Depth).ToList();
        return place switch
        {
            { IsFlow: true } => Insert(text, place.Start + 1, Flow(rest, item) + (place.IsEmpty ? "" : ", ")),
            { IsNull: true } => string.Concat(text.AsSpan(0, place.Start), Nested(text, place.Column, rest, item), text.AsSpan(place.End)),
            { Items: null } => Insert(text, place.Start, Block(text, place.Column, rest, item)),
            _ => Insert(text, place.Start, $"- {item}{NewLine(text)}{Spaces(place.Column)}"),
        };
    }

    /// <summary>Takes an item out of the list.</summary>
    /// <param name="text">The text.</param>
    /// <param name="document">Index of the document in it.</param>
    /// <param name="path">Names of the mappings' fields that lead to the list, from the document's root.</param>
    /// <param name="index">Index of the item.</param>
    /// <exception cref="FormatException">The text is none that this can change, or has no such item.</exception>
    public static string Remove(string text, int document, IReadOnlyList<string> path, int index)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(path);
        var place = Find(text, document, path);
        if (place.Items is not { } items || index >= items.Count)
        {
            throw new FormatException($"{string.Join('.', path)} has no item {index}");
        }

        var (start, end) = items[index];
        if (place.IsFlow)
        {
            return RemoveFlow(text, start, end, isLast: index == items.Count - 1, isFirst: index == 0);
        }

        var dash = text.LastIndexOf('-', Math.Max(0, start - 1));
        if (dash < 0)
        {
            throw new FormatException($"item {index} of {string.Join('.', path)} has no place of its own");
        }

        // An empty list must still say that it is one.
        return items.Count == 1
            ? string.Concat(text.AsSpan(0, dash), "  []", text.AsSpan(end))
            : string.Concat(text.AsSpan(0, LineStart(text, dash)), text.AsSpan(NextLine(text, end)));
    }

    private static ListPlace Find(string text, int document, IReadOnlyList<string> path)
    {
        try
        {
            return new ListFinder(text, path).Find(document);
        }
        catch (YamlException e)
        {
            throw new FormatException($"line {e.Start.Line}: {e.Message}", e);
        }
    }

    private static string Insert(string text, int at, string added) => text.Insert(at, added);

    private static string Flow(List<string> rest, string item)
    {
        if (rest.Count == 0)
        {
            return item;
        }

        var inner = $"[{item}]";
        for (var i = rest.Count - 1; i > 0; i--)
        {
            inner = $"{{\"{rest[i]}\": {inner}}}";
        }

        return $"\"{rest[0]}\": {inner}";
    }

    // Before the mapping's first field, at its column.
    private static string Block(string text, int column, List<string> rest, string item) =>
        Lines(text, column, rest, item) + NewLine(text) + Spaces(column);

    // Below a field that has no value yet.
    private static string Nested(string text, int column, List<string> rest, string item) =>
        NewLine(text) + Spaces(column + 2) + Lines(text, column + 2, rest, item);

    private static string Lines(string text, int column, List<string> rest, string item)
    {
        var lines = rest.Select((name, depth) => (Column: column + (2 * depth), Text: $"{name}:"))
            .Append((Column: column + (2 * Math.Max(0, rest.Count - 1)), Text: $"- {item}"));
        return string.Join(NewLine(text), lines.Select((line, i) => i == 0 ? line.Text : Spaces(line.Column) + line.Text));
    }

    private static string RemoveFlow(string text, int start, int end, bool isLast, bool isFirst)
    {
        if (!isLast)
        {
            var next = text.IndexOf(',', end) + 1;
            while (next < text.Length && text[next] == ' ')
            {
                next++;
            }

            return text.Remove(start, next - start);
        }

        var from = isFirst ? start : text.LastIndexOf(',', start);
        return text.Remove(from, end - from);
    }

    private static int LineStart(string text, int at) => text.LastIndexOf('\n', at) + 1;

    private static int NextLine(string text, int at) => text.IndexOf('\n', at) is var end and >= 0 ? end + 1 : text.Length;

    private static string NewLine(string text) => text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";

    private static string Spaces(int count) => new(' ', count);
}
