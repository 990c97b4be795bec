using System.Text.Json.Nodes;

namespace Onboarding.Core.Resources.Writing;

/// <summary>The JSON form of what objects have in common.</summary>
internal static class ObjectMetaJson
{
    /// <summary>An object's frame. What only the API server may set (uid, generation) is left out, so that the result can be applied.</summary>
    public static JsonObject Frame(string apiVersion, string kind, ObjectMeta metadata)
    {
        var json = new JsonObject { ["namespace"] = metadata.Namespace, ["name"] = metadata.Name };
        AddMap(json, "labels", metadata.Labels);
        AddMap(json, "annotations", metadata.Annotations);
        return new JsonObject { ["apiVersion"] = apiVersion, ["kind"] = kind, ["metadata"] = json };
    }

    /// <summary>Adds a mapping, unless it is empty.</summary>
    public static void AddMap(JsonObject json, string name, IEnumerable<KeyValuePair<string, string>> map)
    {
        var members = map.Select(member => KeyValuePair.Create(member.Key, (JsonNode?)JsonValue.Create(member.Value))).ToList();
        if (members.Count > 0)
        {
            json[name] = new JsonObject(members);
        }
    }
}
