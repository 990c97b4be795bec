using System.Text.Json.Nodes;

namespace Onboarding.Core.Bootstrap.Proto;

/// <summary>A scalar, an enum, a duration or a wrapper.</summary>
/// <param name="expected">What a value should be, for messages.</param>
/// <param name="read">Reads a value; null: it is of another type.</param>
/// <param name="isDefault">Whether a value is left out; wrappers and durations are messages and never are.</param>
internal sealed class ProtoScalar(string expected, Func<JsonNode, JsonNode?> read, Func<JsonNode, bool>? isDefault = null) : ProtoType
{
    public override JsonNode? Read(JsonNode value, string path, ICollection<string> problems)
    {
        var result = read(value);
        if (result is null)
        {
            problems.Add($"{path}: must be {expected}");
        }

        return result;
    }

    public override bool IsDefault(JsonNode value) => isDefault?.Invoke(value) ?? false;
}
