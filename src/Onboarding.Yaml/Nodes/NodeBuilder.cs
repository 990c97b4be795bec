using System.Diagnostics.CodeAnalysis;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Onboarding.Yaml.Nodes;

/// <summary>Builds nodes from the parser's events; every limit is kept here.</summary>
internal sealed class NodeBuilder(IParser parser, YamlLimits limits)
{
    private readonly Dictionary<string, YamlNode?> anchors = new(StringComparer.Ordinal);
    private int nodes;
    private int aliases;

    /// <summary>The line that was reached.</summary>
    public int Line => parser.Current is { } current ? LineOf(current) : 1;

    /// <summary>Reads the next document; false: the text has ended.</summary>
    public bool TryReadDocument([NotNullWhen(true)] out YamlNode? root)
    {
        root = null;
        parser.TryConsume<StreamStart>(out _);
        if (parser.Accept<StreamEnd>(out _))
        {
            return false;
        }

        parser.Consume<DocumentStart>();
        anchors.Clear();
        root = ReadNode(0);
        parser.Consume<DocumentEnd>();
        return true;
    }

    private YamlNode ReadNode(int depth)
    {
        if (depth > limits.MaxDepth)
        {
            throw Refuse(parser.Current!, $"is nested deeper than {limits.MaxDepth} levels");
        }

        switch (parser.Consume<ParsingEvent>())
        {
            case AnchorAlias alias:
                return Dereference(alias, depth);
            case NodeEvent start:
                Count(start, 1);
                if (!start.Anchor.IsEmpty)
                {
                    anchors[start.Anchor.Value] = null; // under construction: an alias to it would be a cycle
                }

                YamlNode node = start switch
                {
                    Scalar scalar => new YamlScalar(LineOf(scalar), scalar.Value, KindOf(scalar)),
                    SequenceStart => new YamlSequence(LineOf(start), ReadItems(start, depth)),
                    _ => new YamlMapping(LineOf(start), ReadFields(start, depth)),
                };
                if (!start.Anchor.IsEmpty)
                {
                    anchors[start.Anchor.Value] = node;
                }

                return node;
            case var other:
                throw Refuse(other, "cannot be read as YAML");
        }
    }

    private List<YamlNode> ReadItems(NodeEvent start, int depth)
    {
        RefuseOtherTag(start, "tag:yaml.org,2002:seq");
        var items = new List<YamlNode>();
        while (!parser.TryConsume<SequenceEnd>(out _))
        {
            items.Add(ReadNode(depth + 1));
        }

        return items;
    }

    private List<YamlField> ReadFields(NodeEvent start, int depth)
    {
        RefuseOtherTag(start, "tag:yaml.org,2002:map");
        var fields = new List<YamlField>();
        var lines = new Dictionary<string, int>(StringComparer.Ordinal);
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var key = ReadKey();
            if (!lines.TryAdd(key.Value, LineOf(key)))
            {
                throw Refuse(key, $"key \"{key.Value}\" is there twice; it is first in line {lines[key.Value]}");
            }

            fields.Add(new YamlField(key.Value, LineOf(key), ReadNode(depth + 1)));
        }

        return fields;
    }

    private Scalar ReadKey()
    {
        if (!parser.TryConsume<Scalar>(out var key))
        {
            throw Refuse(parser.Current!, "a key must be a string");
        }

        if (key is { Style: ScalarStyle.Plain, Value: "<<" })
        {
            throw Refuse(key, "merge keys (<<) are not supported; write the fields out");
        }

        Count(key, 1);
        return key;
    }

    private YamlNode Dereference(AnchorAlias alias, int depth)
    {
        if (++aliases > limits.MaxAliases)
        {
            throw Refuse(alias, $"has more than {limits.MaxAliases} aliases");
        }

        if (!anchors.TryGetValue(alias.Value.Value, out var target))
        {
            throw Refuse(alias, $"alias \"{alias.Value.Value}\" has no anchor before it");
        }

        if (target is null)
        {
            throw Refuse(alias, $"alias \"{alias.Value.Value}\" stands inside what it stands for");
        }

        if (depth + target.Depth > limits.MaxDepth)
        {
            throw Refuse(alias, $"is nested deeper than {limits.MaxDepth} levels");
        }

        Count(alias, target.Size);
        return target;
    }

    private void Count(ParsingEvent at, int more)
    {
        if (more > limits.MaxNodes - nodes)
        {
            throw Refuse(at, $"has more than {limits.MaxNodes} values");
        }

        nodes += more;
    }

    private static ScalarKind KindOf(Scalar scalar)
    {
        if (scalar.Tag.IsEmpty)
        {
            return scalar.Style == ScalarStyle.Plain ? ScalarResolver.Resolve(scalar.Value) : ScalarKind.Text;
        }

        RefuseOtherTag(scalar, "tag:yaml.org,2002:str");
        return ScalarKind.Text;
    }

    private static void RefuseOtherTag(NodeEvent node, string expected)
    {
        // "!" alone is the non-specific tag: whatever it stands on is taken by its form, a scalar as a string.
        if (!node.Tag.IsEmpty && !node.Tag.IsNonSpecific && !string.Equals(node.Tag.Value, expected, StringComparison.Ordinal))
        {
            throw Refuse(node, $"tag {node.Tag.Value} is not supported; leave it out");
        }
    }

    private static int LineOf(ParsingEvent at) => (int)at.Start.Line;

    private static YamlException Refuse(ParsingEvent at, string message) => new(at.Start, at.End, message);
}
