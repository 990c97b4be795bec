using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Onboarding.Yaml.Fields;

namespace Onboarding.Core.Bootstrap.Proto;

/// <summary>The types that fields have, by the rules of protobuf's JSON mapping (protobuf.dev/programming-guides/json).</summary>
internal static class ProtoTypes
{
    private static readonly string[] SpecialNumbers = ["NaN", "Infinity", "-Infinity"];

    public static ProtoType String { get; } = new ProtoScalar("a string; put it in quotes", value => TextOf(value), IsEmpty);

    public static ProtoType Boolean { get; } = new ProtoScalar("true or false", ReadBoolean, value => value.GetValueKind() == JsonValueKind.False);

    public static ProtoType BooleanValue { get; } = new ProtoScalar("true or false", ReadBoolean);

    public static ProtoType Int32 { get; } = new ProtoScalar("a whole number", value => ReadNumber(value, int.MinValue, int.MaxValue), IsZero);

    public static ProtoType Int32Value { get; } = new ProtoScalar("a whole number", value => ReadNumber(value, int.MinValue, int.MaxValue));

    public static ProtoType UInt32 { get; } = new ProtoScalar("a whole number, not negative", value => ReadNumber(value, 0, uint.MaxValue), IsZero);

    /// <summary>64-bit integers are strings in JSON.</summary>
    public static ProtoType Int64Value { get; } = new ProtoScalar("a whole number", value => ReadNumber(value, long.MinValue, long.MaxValue)?.ToJsonString());

    public static ProtoType Double { get; } = new ProtoScalar("a number", ReadDouble, IsZero);

    public static ProtoType Duration { get; } = new ProtoScalar("a duration such as 45s", ReadDuration);

    /// <summary>An enum, its names by number; known by either, written by name.</summary>
    public static ProtoType Enum(params (int Number, string Name)[] values) => new ProtoScalar(
        "one of " + string.Join(", ", values.Select(value => value.Name)),
        value => ReadEnum(value, values),
        value => value.GetValueKind() == JsonValueKind.String && value.GetValue<string>() == values[0].Name);

    private static string? TextOf(JsonNode value) => value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;

    private static bool IsEmpty(JsonNode value) => TextOf(value)?.Length == 0;

    private static bool IsZero(JsonNode value) => value.ToJsonString() == "0";

    private static JsonValue? ReadBoolean(JsonNode value) => value.GetValueKind() switch
    {
        JsonValueKind.True => JsonValue.Create(true),
        JsonValueKind.False => JsonValue.Create(false),
        _ => null,
    };

    /// <summary>A whole number, which may stand in quotes.</summary>
    private static JsonValue? ReadNumber(JsonNode value, long min, long max)
    {
        var text = value.GetValueKind() == JsonValueKind.Number ? value.ToJsonString() : TextOf(value);
        return decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var number)
            && number == decimal.Truncate(number) && number >= min && number <= max
            ? JsonValue.Create((long)number)
            : null;
    }

    private static JsonValue? ReadDouble(JsonNode value)
    {
        var text = value.GetValueKind() == JsonValueKind.Number ? value.ToJsonString() : TextOf(value);
        return SpecialNumbers.Contains(text, StringComparer.Ordinal) ? JsonValue.Create(text)
            : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? JsonValue.Create(number)
            : null;
    }

    private static JsonNode? ReadDuration(JsonNode value)
    {
        if (TextOf(value) is not { } text || !DurationText.TryParse(text, out var duration))
        {
            return null;
        }

        var fraction = duration.Ticks % TimeSpan.TicksPerSecond == 0 ? ""
            : duration.Ticks % TimeSpan.TicksPerMillisecond == 0 ? ".000"
            : duration.Ticks % TimeSpan.TicksPerMicrosecond == 0 ? ".000000"
            : ".000000000";
        return ((decimal)duration.Ticks / TimeSpan.TicksPerSecond).ToString("0" + fraction, CultureInfo.InvariantCulture) + "s";
    }

    private static JsonNode? ReadEnum(JsonNode value, (int Number, string Name)[] values)
    {
        if (TextOf(value) is { } name)
        {
            return values.Any(known => known.Name == name) ? name : null;
        }

        if (ReadNumber(value, int.MinValue, int.MaxValue) is not { } number)
        {
            return null;
        }

        return values.FirstOrDefault(known => known.Number == number.GetValue<long>()).Name is { } known ? known : number;
    }
}
