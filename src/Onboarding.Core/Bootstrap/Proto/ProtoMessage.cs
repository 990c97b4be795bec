using System.Text.Json.Nodes;

namespace Onboarding.Core.Bootstrap.Proto;

/// <summary>A message: its JSON is an object; fields it does not have are left out, its defaults too, but not the message itself.</summary>
internal sealed class ProtoMessage(params ProtoField[] fields) : ProtoType
{
    public override JsonNode? Read(JsonNode value, string path, ICollection<string> problems)
    {
        if (value is not JsonObject source)
        {
            problems.Add($"{path}: must be an object");
            return null;
        }

        var target = new JsonObject();
        Merge(target, source, path, problems);
        return target;
    }

    /// <summary>Lays an object over a canonical one: a field that is present replaces the whole field; null is as absent.</summary>
    public void Merge(JsonObject target, JsonObject source, string path, ICollection<string> problems)
    {
        foreach (var field in fields)
        {
            if ((source[field.Name] ?? source[field.OriginalName]) is not { } given
                || field.Type.Read(given, path.Length == 0 ? field.Name : $"{path}.{field.Name}", problems) is not { } value)
            {
                continue;
            }

            foreach (var replaced in fields.Where(other => other == field || (field.OneOf is not null && other.OneOf == field.OneOf)))
            {
                target.Remove(replaced.Name);
            }

            if (field.OneOf is not null || !field.Type.IsDefault(value))
            {
                target[field.Name] = value;
            }
        }
    }
}
