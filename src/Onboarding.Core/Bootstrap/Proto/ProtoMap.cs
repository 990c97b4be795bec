using System.Text.Json.Nodes;

namespace Onboarding.Core.Bootstrap.Proto;

/// <summary>A map with strings as keys.</summary>
internal sealed class ProtoMap(ProtoType values) : ProtoType
{
    public override JsonNode? Read(JsonNode value, string path, ICollection<string> problems)
    {
        if (value is not JsonObject source)
        {
            problems.Add($"{path}: must be a map");
            return null;
        }

        var target = new JsonObject();
        foreach (var (key, given) in source)
        {
            if (given is null)
            {
                problems.Add($"{path}.{key}: must not be null");
            }
            else if (values.Read(given, $"{path}.{key}", problems) is { } read)
            {
                target[key] = read;
            }
        }

        return target;
    }

    public override bool IsDefault(JsonNode value) => value is JsonObject { Count: 0 };
}
