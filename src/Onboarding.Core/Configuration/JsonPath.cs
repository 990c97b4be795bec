using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;

namespace Onboarding.Core.Configuration;

/// <summary>
/// Where a value stands in a token: names of members, one inside the other. The part of JSONPath that names one place:
/// <c>.a.b</c>, <c>$.a</c>, <c>$['a'].b</c>, <c>.custom\.attributes</c>, or a bare <c>sub</c>. No wildcards, indexes or filters.
/// </summary>
public sealed class JsonPath
{
    private readonly string text;
    private readonly byte[][] names;

    private JsonPath(string text, IEnumerable<string> names)
    {
        this.text = text;
        this.names = [.. names.Select(Encoding.UTF8.GetBytes)];
    }

    /// <summary>The names, outermost first.</summary>
    public IEnumerable<string> Names => names.Select(Encoding.UTF8.GetString);

    /// <summary>Reads a path.</summary>
    /// <param name="text">The path.</param>
    /// <param name="path">The path, when it is one.</param>
    /// <param name="error">Otherwise what is wrong with it, for the user.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out JsonPath? path, [NotNullWhen(false)] out string? error)
    {
        ArgumentNullException.ThrowIfNull(text);
        path = null;
        error = JsonPathReader.Read(text, out var names);
        if (error is not null)
        {
            return false;
        }

        path = new JsonPath(text, names);
        return true;
    }

    /// <summary>Reads a path that was validated before.</summary>
    /// <exception cref="FormatException">It is not one.</exception>
    public static JsonPath Parse(string text) =>
        TryParse(text, out var path, out var error) ? path : throw new FormatException($"\"{text}\" is not a path: {error}");

    /// <summary>The value at this place; false: there is none.</summary>
    public bool TryFind(JsonElement root, out JsonElement value)
    {
        value = root;
        foreach (var name in names)
        {
            if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty(name, out value))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The path as it was written.</summary>
    public override string ToString() => text;
}
