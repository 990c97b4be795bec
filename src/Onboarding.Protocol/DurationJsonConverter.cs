using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Onboarding.Protocol;

/// <summary>Durations in protobuf's JSON form, e.g. <c>30s</c> or <c>0.500s</c> (google.protobuf.Duration).</summary>
public sealed class DurationJsonConverter : JsonConverter<TimeSpan>
{
    /// <inheritdoc/>
    public override TimeSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var text = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
        if (text is [.. var digits, 's']
            && decimal.TryParse(digits, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds)
            && Math.Abs(seconds) <= 315_576_000_000m)
        {
            return TimeSpan.FromTicks((long)(seconds * TimeSpan.TicksPerSecond));
        }

        throw new JsonException("expected a duration such as \"30s\"");
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, TimeSpan value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStringValue(Format(value));
    }

    /// <summary>The text of a duration: whole seconds without fraction, else 3 or 7 digits of it.</summary>
    public static string Format(TimeSpan value)
    {
        var format = value.Ticks % TimeSpan.TicksPerSecond == 0 ? "0" : value.Ticks % TimeSpan.TicksPerMillisecond == 0 ? "0.000" : "0.0000000";
        return ((decimal)value.Ticks / TimeSpan.TicksPerSecond).ToString(format, CultureInfo.InvariantCulture) + "s";
    }
}
