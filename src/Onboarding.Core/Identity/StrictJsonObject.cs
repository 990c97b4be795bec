using System.Text.Json;

namespace Onboarding.Core.Identity;

/// <summary>A JSON object whose members are known by name, each at most once; messages begin with the member's path.</summary>
internal sealed class StrictJsonObject
{
    private readonly string path;
    private readonly Dictionary<string, JsonElement> members = new(StringComparer.Ordinal);

    private StrictJsonObject(string path) => this.path = path;

    /// <summary>Reads an object that may have only these members; null: any. A member that is null is absent, as in protobuf's JSON.</summary>
    public static StrictJsonObject Of(JsonElement element, string path, string[]? known)
    {
        var read = new StrictJsonObject(path);
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw read.Wrong("must be an object");
        }

        foreach (var member in element.EnumerateObject())
        {
            var name = Decode(() => member.Name) ?? throw read.Wrong("has a member whose name is no Unicode text");
            if (known is not null && !known.Contains(name, StringComparer.Ordinal))
            {
                throw read.Wrong(name, $"is not known here; known are {string.Join(", ", known)}");
            }

            if (!read.members.TryAdd(name, member.Value))
            {
                throw read.Wrong(name, "is there twice");
            }
        }

        return read;
    }

    /// <summary>What is wrong with the object.</summary>
    public JsonException Wrong(string what) => new(path.Length == 0 ? what : $"{path}: {what}");

    /// <summary>What is wrong with a member.</summary>
    public JsonException Wrong(string name, string what) => new($"{PathOf(name)}: {what}");

    /// <summary>A required member, whatever it is.</summary>
    public JsonElement Element(string name) => Find(name) ?? throw Wrong(name, "is required");

    /// <summary>A required string, not empty.</summary>
    /// <param name="name">The member.</param>
    /// <param name="check">Says what is wrong with it.</param>
    public string Text(string name, Func<string, string?>? check = null)
    {
        var text = TextOf(name, Element(name));
        var problem = text.Length == 0 ? "must not be empty" : check?.Invoke(text);
        return problem is null ? text : throw Wrong(name, problem);
    }

    /// <summary>An optional string.</summary>
    public string? OptionalText(string name) => Find(name) is { } element ? TextOf(name, element) : null;

    /// <summary>An optional object.</summary>
    public StrictJsonObject? Object(string name, string[] known) =>
        Find(name) is { } element ? Of(element, PathOf(name), known) : null;

    /// <summary>An optional object whose members are all strings, whatever their names.</summary>
    public IEnumerable<KeyValuePair<string, string>> Texts(string name)
    {
        if (Find(name) is not { } element)
        {
            return [];
        }

        var texts = Of(element, PathOf(name), known: null);
        return texts.members.Select(member => KeyValuePair.Create(member.Key, texts.TextOf(member.Key, member.Value)));
    }

    private string PathOf(string name) => path.Length == 0 ? name : $"{path}.{name}";

    private JsonElement? Find(string name) =>
        members.TryGetValue(name, out var element) && element.ValueKind != JsonValueKind.Null ? element : null;

    private string TextOf(string name, JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.String)
        {
            throw Wrong(name, "must be a string");
        }

        return Decode(element.GetString) ?? throw Wrong(name, "is no Unicode text");
    }

    /// <summary>Text, or null where an escaped surrogate stands alone, which System.Text.Json refuses with an exception that is no JsonException.</summary>
    private static string? Decode(Func<string?> read)
    {
        try
        {
            return read();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
