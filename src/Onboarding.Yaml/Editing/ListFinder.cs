using Onboarding.Yaml.Nodes;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Onboarding.Yaml.Editing;

/// <summary>Finds where a list is in a text, by the parser's own marks.</summary>
internal sealed class ListFinder(string text, IReadOnlyList<string> path)
{
    private readonly Parser parser = new(new StringReader(text));
    private int contentEnd;

    /// <summary>Finds the list in a document.</summary>
    public ListPlace Find(int document)
    {
        parser.Consume<StreamStart>();
        for (var i = 0; i < document; i++)
        {
            parser.Consume<DocumentStart>();
            SkipNode();
            parser.Consume<DocumentEnd>();
        }

        parser.Consume<DocumentStart>();
        return FindIn(depth: 0, column: 0);
    }

    private ListPlace FindIn(int depth, int column)
    {
        switch (parser.Consume<ParsingEvent>())
        {
            case SequenceStart list when depth == path.Count:
                return ToPlace(list, depth);
            case MappingStart mapping when depth < path.Count:
                return FindIn(mapping, depth);
            case Scalar { Style: ScalarStyle.Plain } scalar when depth > 0 && ScalarResolver.Resolve(scalar.Value) == ScalarKind.Null:
                return new ListPlace(depth, IndexOf(scalar.Start), IndexOf(scalar.End), column, IsNull: true);
            case var other:
                throw new FormatException($"line {other.Start.Line}: {string.Join('.', path.Take(depth))} is nothing that can be changed here");
        }
    }

    private ListPlace FindIn(MappingStart mapping, int depth)
    {
        var isFlow = mapping.Style == MappingStyle.Flow;
        Scalar? first = null;
        while (!parser.Accept<MappingEnd>(out _))
        {
            var key = parser.Consume<Scalar>();
            first ??= key;
            if (string.Equals(key.Value, path[depth], StringComparison.Ordinal))
            {
                return FindIn(depth + 1, ColumnOf(key.Start));
            }

            SkipNode();
        }

        return isFlow
            ? new ListPlace(depth, IndexOf(mapping.Start), 0, 0, IsFlow: true, IsEmpty: first is null)
            : new ListPlace(depth, IndexOf(first!.Start), 0, ColumnOf(first.Start));
    }

    private ListPlace ToPlace(SequenceStart list, int depth)
    {
        var isFlow = list.Style == SequenceStyle.Flow;
        var items = new List<(int, int)>();
        while (!parser.Accept<SequenceEnd>(out _))
        {
            var start = IndexOf(parser.Current!.Start);
            SkipNode();
            items.Add((start, contentEnd));
        }

        return new ListPlace(depth, IndexOf(list.Start), 0, ColumnOf(list.Start), isFlow, IsEmpty: items.Count == 0, Items: items);
    }

    // The end of a block is where the next thing begins, behind comments; the end of its content is that of its last scalar or bracket.
    private void SkipNode()
    {
        var depth = 0;
        do
        {
            var at = parser.Consume<ParsingEvent>();
            depth += at.NestingIncrease;
            if (at is Scalar or AnchorAlias)
            {
                contentEnd = IndexOf(at.End);
            }
            else if (at is MappingEnd or SequenceEnd && IndexOf(at.Start) is var closing && closing < text.Length && text[closing] is '}' or ']')
            {
                contentEnd = closing + 1;
            }
        }
        while (depth > 0);
    }

    private static int IndexOf(Mark mark) => (int)mark.Index;

    private static int ColumnOf(Mark mark) => (int)mark.Column - 1;
}
