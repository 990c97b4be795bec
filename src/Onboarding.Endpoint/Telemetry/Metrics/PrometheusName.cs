using System.Diagnostics.Metrics;
using System.Text;

namespace Onboarding.Endpoint.Telemetry.Metrics;

/// <summary>Names as OpenTelemetry's "Prometheus and OpenMetrics Compatibility" has them.</summary>
internal static class PrometheusName
{
    /// <summary>The name of an instrument's metric: underscores for dots, the unit as suffix, <c>_total</c> for what only counts up.</summary>
    public static string Of(Instrument instrument)
    {
        var name = Sanitize(instrument.Name);
        var unit = UnitSuffix(instrument);
        if (unit.Length > 0 && !name.EndsWith(unit, StringComparison.Ordinal))
        {
            name += unit;
        }

        return KindOf(instrument) == MetricKind.Counter && !name.EndsWith("_total", StringComparison.Ordinal) ? name + "_total" : name;
    }

    /// <summary>A label's name.</summary>
    public static string Sanitize(string name)
    {
        var text = new StringBuilder(name.Length);
        foreach (var character in name)
        {
            text.Append(char.IsAsciiLetterOrDigit(character) || character is '_' or ':' ? character : '_');
        }

        return text.Length > 0 && char.IsAsciiDigit(text[0]) ? "_" + text : text.ToString();
    }

    /// <summary>What kind of metric an instrument is.</summary>
    public static MetricKind KindOf(Instrument instrument)
    {
        var type = instrument.GetType();
        var definition = type.IsGenericType ? type.GetGenericTypeDefinition() : null;
        return definition == typeof(Counter<>) || definition == typeof(ObservableCounter<>) ? MetricKind.Counter
            : definition == typeof(UpDownCounter<>) ? MetricKind.Sum
            : definition == typeof(Histogram<>) ? MetricKind.Histogram
            : MetricKind.Gauge;
    }

    private static string UnitSuffix(Instrument instrument) => instrument.Unit switch
    {
        null or "" => "",
        "1" => KindOf(instrument) == MetricKind.Gauge ? "_ratio" : "",
        "s" => "_seconds",
        "ms" => "_milliseconds",
        "By" => "_bytes",
        ['{', ..] => "",
        var unit => "_" + Sanitize(unit),
    };
}

/// <summary>Kinds of metrics.</summary>
internal enum MetricKind
{
    /// <summary>The last value counts.</summary>
    Gauge,

    /// <summary>Increments that add up, downwards too; shown as a gauge.</summary>
    Sum,

    /// <summary>Increments that add up, or an observed total.</summary>
    Counter,

    /// <summary>A distribution.</summary>
    Histogram,
}
