using System.Text.Json.Nodes;

namespace Onboarding.Yaml.Nodes;

/// <summary>Nodes as JSON.</summary>
public static class YamlJson
{
    /// <summary>A node as JSON; null for a null scalar. Numbers that JSON does not have (<c>.inf</c>, <c>.nan</c>) become strings.</summary>
    public static JsonNode? ToJson(YamlNode node)
    {
        ArgumentNullException.ThrowIfNull(node);
        return node switch
        {
            YamlMapping mapping => new JsonObject(mapping.Fields.Select(field => KeyValuePair.Create(field.Name, ToJson(field.Value)))),
            YamlSequence sequence => new JsonArray([.. sequence.Items.Select(ToJson)]),
            YamlScalar scalar => ToJson(scalar),
            _ => throw new ArgumentOutOfRangeException(nameof(node)),
        };
    }

    private static JsonValue? ToJson(YamlScalar scalar) => scalar.Kind switch
    {
        ScalarKind.Null => null,
        ScalarKind.Boolean => JsonValue.Create(ScalarResolver.AsBoolean(scalar.Text)!.Value),
        ScalarKind.Whole => JsonValue.Create(ScalarResolver.AsInteger(scalar.Text)!.Value),
        ScalarKind.Fraction when ScalarResolver.AsFloat(scalar.Text) is { } number && double.IsFinite(number) => JsonValue.Create(number),
        _ => JsonValue.Create(scalar.Text),
    };
}
