using System.Globalization;
using System.Text.Json.Nodes;
using Onboarding.Yaml.Nodes;

namespace Onboarding.Yaml.Fields;

/// <content>Single values.</content>
public sealed partial class FieldReader
{
    /// <summary>A string; null: absent.</summary>
    /// <param name="name">The field.</param>
    /// <param name="check">Says what is wrong with a value; null: nothing.</param>
    public string? Text(string name, Func<string, string?>? check = null) =>
        Find(name) is { } field ? TextOf(field.Value, PathOf(name), check) : null;

    /// <summary>A string of at least one character; empty where there is a problem.</summary>
    /// <param name="name">The field.</param>
    /// <param name="check">Says what is wrong with a value; null: nothing.</param>
    public string RequiredText(string name, Func<string, string?>? check = null)
    {
        if (Find(name) is not { } field)
        {
            Report(name, "is required");
            return "";
        }

        return TextOf(field.Value, PathOf(name), text => text.Length == 0 ? "must not be empty" : check?.Invoke(text)) ?? "";
    }

    /// <summary>A boolean; null: absent.</summary>
    public bool? Flag(string name)
    {
        if (Find(name) is not { } field)
        {
            return null;
        }

        if (field.Value is YamlScalar { Kind: ScalarKind.Boolean } scalar)
        {
            return ScalarResolver.AsBoolean(scalar.Text);
        }

        Report(field.Value, PathOf(name), $"must be true or false, not {field.Value.Description}");
        return null;
    }

    /// <summary>A whole number within bounds; null: absent.</summary>
    public int? Number(string name, int min = int.MinValue, int max = int.MaxValue) => (int?)LargeNumber(name, min, max);

    /// <summary>A whole number within bounds; null: absent.</summary>
    public long? LargeNumber(string name, long min = long.MinValue, long max = long.MaxValue) =>
        Find(name) is { } field ? NumberOf(field.Value, PathOf(name), min, max) : null;

    /// <summary>A duration such as <c>30s</c>, <c>1h30m</c> or <c>500ms</c>, at least <paramref name="min"/>; null: absent.</summary>
    public TimeSpan? Duration(string name, TimeSpan min)
    {
        if (Find(name) is not { } field)
        {
            return null;
        }

        if (field.Value is not YamlScalar { Kind: ScalarKind.Text } scalar || !DurationText.TryParse(scalar.Text, out var duration))
        {
            Report(field.Value, PathOf(name), "must be a duration such as 30s, 1h30m or 500ms");
            return null;
        }

        if (duration < min)
        {
            var bound = min == TimeSpan.Zero ? "must not be negative" : $"must be at least {min.TotalSeconds.ToString(CultureInfo.InvariantCulture)}s";
            Report(field.Value, PathOf(name), bound);
            return null;
        }

        return duration;
    }

    /// <summary>One of several words; null: absent.</summary>
    public T? Choice<T>(string name, params ReadOnlySpan<(string Word, T Value)> choices)
        where T : struct
    {
        if (Find(name) is not { } field || TextOf(field.Value, PathOf(name), null) is not { } text)
        {
            return null;
        }

        var words = new List<string>(choices.Length);
        foreach (var (word, value) in choices)
        {
            if (string.Equals(word, text, StringComparison.Ordinal))
            {
                return value;
            }

            words.Add(word);
        }

        Report(field.Value, PathOf(name), $"must be one of {string.Join(", ", words)}");
        return null;
    }

    /// <summary>The value of a field as it stands; null: absent.</summary>
    public YamlNode? Node(string name) => Find(name)?.Value;

    /// <summary>The value of a field as JSON; null: absent.</summary>
    public JsonNode? Json(string name) => Find(name) is { } field ? YamlJson.ToJson(field.Value) : null;

    private string? TextOf(YamlNode node, string path, Func<string, string?>? check)
    {
        if (node is not YamlScalar { Kind: ScalarKind.Text } scalar)
        {
            var advice = node is YamlScalar { Kind: not ScalarKind.Null } ? "; put it in quotes" : "";
            Report(node, path, $"must be a string, not {node.Description}{advice}");
            return null;
        }

        if (check?.Invoke(scalar.Text) is { } wrong)
        {
            Report(node, path, wrong);
            return null;
        }

        return scalar.Text;
    }

    private long? NumberOf(YamlNode node, string path, long min, long max)
    {
        var value = node switch
        {
            YamlScalar { Kind: ScalarKind.Whole } scalar => ScalarResolver.AsInteger(scalar.Text),
            YamlScalar { Kind: ScalarKind.Text } scalar when rules.HasFlag(FieldRules.ProtobufJson)
                && long.TryParse(scalar.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var quoted) => quoted,
            _ => (long?)null,
        };
        if (value is null)
        {
            Report(node, path, $"must be a whole number, not {node.Description}{(node is YamlScalar { Kind: ScalarKind.Text } ? "; leave the quotes out" : "")}");
        }
        else if (value < min || value > max)
        {
            Report(node, path, max is int.MaxValue or long.MaxValue ? $"must be at least {min}" : $"must be between {min} and {max}");
            return null;
        }

        return value;
    }
}
