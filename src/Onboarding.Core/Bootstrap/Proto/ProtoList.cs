using System.Text.Json.Nodes;

namespace Onboarding.Core.Bootstrap.Proto;

/// <summary>A repeated field.</summary>
internal sealed class ProtoList(ProtoType items) : ProtoType
{
    public override JsonNode? Read(JsonNode value, string path, ICollection<string> problems)
    {
        if (value is not JsonArray source)
        {
            problems.Add($"{path}: must be a list");
            return null;
        }

        var target = new JsonArray();
        for (var index = 0; index < source.Count; index++)
        {
            if (source[index] is not { } item)
            {
                problems.Add($"{path}[{index}]: must not be null");
            }
            else if (items.Read(item, $"{path}[{index}]", problems) is { } read)
            {
                target.Add(read);
            }
        }

        return target;
    }

    public override bool IsDefault(JsonNode value) => value is JsonArray { Count: 0 };
}
