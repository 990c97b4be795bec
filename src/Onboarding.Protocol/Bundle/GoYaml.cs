using System.Text.Json.Nodes;

namespace Onboarding.Protocol.Bundle;

/// <summary>
/// Writes JSON as YAML the way go-yaml v2 does, byte for byte: Istio's and Kubernetes' own tools write with it.
/// Two spaces, sequences not indented under their key, keys in natural order, long plain and quoted strings folded at 80 columns.
/// </summary>
public static class GoYaml
{
    /// <summary>One document, ending in a line feed.</summary>
    /// <remarks>The line separators NEL, LS and PS are written escaped, where go-yaml leaves the last two as they are.</remarks>
    public static string Write(JsonNode? node)
    {
        var output = new GoYamlOutput();
        switch (node)
        {
            case JsonObject { Count: > 0 } mapping:
                WriteMapping(output, mapping, 0);
                break;
            case JsonArray { Count: > 0 } sequence:
                WriteSequence(output, sequence, 0);
                break;
            default:
                WriteLeaf(output, node, 2);
                break;
        }

        output.StartLine(0);
        return output.ToString();
    }

    private static void WriteMapping(GoYamlOutput output, JsonObject mapping, int indent)
    {
        foreach (var (key, value) in mapping.OrderBy(member => member.Key, GoYamlKeyOrder.Instance))
        {
            output.StartLine(indent);
            if (GoYamlScalar.IsSimpleKey(key))
            {
                GoYamlScalar.Write(output, key, indent + 2, isSimpleKey: true);
                output.Put(':');
                WriteMember(output, value, indent);
            }
            else
            {
                output.Put('?');
                output.Separate();
                GoYamlScalar.Write(output, key, indent + 2, isSimpleKey: false);
                output.StartLine(indent);
                output.Put(':');
                WriteItem(output, value, indent + 2);
            }
        }
    }

    private static void WriteMember(GoYamlOutput output, JsonNode? value, int indent)
    {
        switch (value)
        {
            case JsonObject { Count: > 0 } mapping:
                output.EndLine();
                WriteMapping(output, mapping, indent + 2);
                break;
            case JsonArray { Count: > 0 } sequence:
                output.EndLine();
                WriteSequence(output, sequence, indent);
                break;
            default:
                output.Separate();
                WriteLeaf(output, value, indent + 2);
                break;
        }
    }

    private static void WriteSequence(GoYamlOutput output, JsonArray sequence, int indent)
    {
        foreach (var item in sequence)
        {
            output.StartLine(indent);
            output.Put('-');
            WriteItem(output, item, indent + 2);
        }
    }

    /// <summary>A collection begins on the line of its dash.</summary>
    private static void WriteItem(GoYamlOutput output, JsonNode? item, int indent)
    {
        output.Separate();
        switch (item)
        {
            case JsonObject { Count: > 0 } mapping:
                WriteMapping(output, mapping, indent);
                break;
            case JsonArray { Count: > 0 } sequence:
                WriteSequence(output, sequence, indent);
                break;
            default:
                WriteLeaf(output, item, indent);
                break;
        }
    }

    private static void WriteLeaf(GoYamlOutput output, JsonNode? leaf, int indent)
    {
        switch (leaf)
        {
            case null:
                output.Put("null");
                break;
            case JsonObject:
                output.Put("{}");
                break;
            case JsonArray:
                output.Put("[]");
                break;
            case JsonValue value when value.GetValueKind() == System.Text.Json.JsonValueKind.String:
                GoYamlScalar.Write(output, value.GetValue<string>(), indent, isSimpleKey: false);
                break;
            case JsonValue value when value.GetValueKind() == System.Text.Json.JsonValueKind.Number:
                output.Put(GoNumber.Format(value.ToJsonString()));
                break;
            default:
                output.Put(leaf.ToJsonString());
                break;
        }
    }
}
