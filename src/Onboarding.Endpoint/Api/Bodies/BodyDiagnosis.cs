using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Onboarding.Endpoint.Api.Bodies;

/// <summary>Says what is wrong with a body that could not be read: the path of the first field, and what it should be.</summary>
internal static class BodyDiagnosis
{
    private const string Body = "body";

    /// <summary>The first thing that is wrong.</summary>
    public static string Describe(ReadOnlySequence<byte> json, JsonTypeInfo type, string name)
    {
        if (json.IsEmpty)
        {
            return $"{Body}: is missing";
        }

        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = RequestBody.MaxDepth });
            return Duplicate(document.RootElement, name) ?? Mismatch(document.RootElement, type, name) ?? $"{Named(name)}: is not what this call takes";
        }
        catch (Exception exception) when (RequestBody.IsMalformed(exception))
        {
            return $"{Body}: is not valid JSON of at most {RequestBody.MaxDepth} levels";
        }
    }

    private static string? Duplicate(JsonElement element, string path)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            return element.EnumerateArray().Select((item, index) => Duplicate(item, $"{path}[{index}]")).FirstOrDefault(found => found is not null);
        }

        if (element.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in element.EnumerateObject())
        {
            var at = Join(path, member.Name);
            if (!seen.Add(member.Name))
            {
                return $"{at}: is given twice";
            }

            if (Duplicate(member.Value, at) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    private static string? Mismatch(JsonElement element, JsonTypeInfo type, string path) => type.Kind switch
    {
        _ when element.ValueKind == JsonValueKind.Null => $"{Named(path)}: must not be null",
        JsonTypeInfoKind.Object when element.ValueKind != JsonValueKind.Object => $"{Named(path)}: must be an object",
        JsonTypeInfoKind.Object => MembersMismatch(element, type, path),
        JsonTypeInfoKind.Enumerable when element.ValueKind != JsonValueKind.Array => $"{Named(path)}: must be an array",
        JsonTypeInfoKind.Enumerable => ItemsMismatch(element, type, path),
        JsonTypeInfoKind.Dictionary when element.ValueKind != JsonValueKind.Object => $"{Named(path)}: must be an object",
        JsonTypeInfoKind.Dictionary => ValuesMismatch(element, type, path),
        _ => ValueMismatch(element, type, path),
    };

    private static string? MembersMismatch(JsonElement element, JsonTypeInfo type, string path)
    {
        if (type.PolymorphismOptions is { } kinds)
        {
            return KindMismatch(element, type, kinds, path);
        }

        foreach (var property in type.Properties)
        {
            var at = Join(path, property.Name);
            if (!element.TryGetProperty(property.Name, out var value))
            {
                if (property.IsRequired)
                {
                    return $"{at}: is required";
                }
            }
            else if ((value.ValueKind != JsonValueKind.Null || !property.IsSetNullable)
                && Mismatch(value, type.Options.GetTypeInfo(property.PropertyType), at) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    private static string? KindMismatch(JsonElement element, JsonTypeInfo type, JsonPolymorphismOptions kinds, string path)
    {
        var at = Join(path, kinds.TypeDiscriminatorPropertyName);
        if (!element.TryGetProperty(kinds.TypeDiscriminatorPropertyName, out var given))
        {
            return $"{at}: is required";
        }

        var kind = given.ValueKind == JsonValueKind.String ? given.GetString() : null;
        var derived = kinds.DerivedTypes.FirstOrDefault(known => kind is not null && known.TypeDiscriminator is string name && string.Equals(name, kind, StringComparison.Ordinal));
        return derived.DerivedType is null
            ? $"{at}: is not a kind that this endpoint knows"
            : MembersMismatch(element, type.Options.GetTypeInfo(derived.DerivedType), path);
    }

    private static string? ItemsMismatch(JsonElement element, JsonTypeInfo type, string path)
    {
        var itemType = type.Options.GetTypeInfo(type.ElementType!);
        return element.EnumerateArray().Select((item, index) => Mismatch(item, itemType, $"{path}[{index}]")).FirstOrDefault(found => found is not null);
    }

    private static string? ValuesMismatch(JsonElement element, JsonTypeInfo type, string path)
    {
        var valueType = type.Options.GetTypeInfo(type.ElementType!);
        return element.EnumerateObject().Select(member => Mismatch(member.Value, valueType, $"{path}[\"{member.Name}\"]")).FirstOrDefault(found => found is not null);
    }

    private static string? ValueMismatch(JsonElement element, JsonTypeInfo type, string path)
    {
        try
        {
            element.Deserialize(type);
            return null;
        }
        catch (Exception exception) when (RequestBody.IsMalformed(exception))
        {
            return type.Type == typeof(string) ? $"{Named(path)}: must be a string" : $"{Named(path)}: has a value that is not accepted";
        }
    }

    private static string Join(string path, string member) => path.Length == 0 ? member : $"{path}.{member}";

    private static string Named(string path) => path.Length == 0 ? Body : path;
}
