using System.Diagnostics.Metrics;
using System.Text;

namespace Onboarding.Endpoint.Telemetry.Metrics;

/// <summary>One metric with all its series.</summary>
internal sealed class PrometheusMetric
{
    /// <summary>Most series of a metric; what comes later is added to one more without labels.</summary>
    public const int MaxSeries = 1000;

    // OpenTelemetry's boundaries for durations in seconds.
    private static readonly double[] DefaultBoundaries = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];

    private readonly string name;
    private readonly string? help;
    private readonly MetricKind kind;
    private readonly bool isObserved;
    private readonly double[] boundaries;
    private readonly Lock gate = new();
    private volatile Dictionary<int, PrometheusSeries> seriesByHash = [];
    private int count;

    public PrometheusMetric(string name, Instrument instrument)
    {
        this.name = name;
        help = instrument.Description;
        kind = PrometheusName.KindOf(instrument);
        isObserved = instrument.IsObservable;
        boundaries = kind == MetricKind.Histogram ? BoundariesOf(instrument) : [];
    }

    /// <summary>Takes a measurement. Nothing is allocated for a series that is known.</summary>
    public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var series = Find(tags);
        switch (kind)
        {
            case MetricKind.Histogram:
                series.Observe(value, boundaries);
                break;
            case MetricKind.Counter or MetricKind.Sum when !isObserved:
                series.Add(value);
                break;
            default:
                series.Set(value);
                break;
        }
    }

    /// <summary>Appends the metric in Prometheus' text format.</summary>
    public void Render(StringBuilder text)
    {
        var series = AllSeries().OrderBy(one => one.Labels, StringComparer.Ordinal).ToList();
        if (series.Count == 0)
        {
            return;
        }

        if (!string.IsNullOrEmpty(help))
        {
            text.Append("# HELP ").Append(name).Append(' ').Append(help.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\n", @"\n", StringComparison.Ordinal)).Append('\n');
        }

        text.Append("# TYPE ").Append(name).Append(kind switch
        {
            MetricKind.Counter => " counter\n",
            MetricKind.Histogram => " histogram\n",
            _ => " gauge\n",
        });
        foreach (var one in series)
        {
            one.Render(text, name, boundaries);
        }
    }

    private static double[] BoundariesOf(Instrument instrument) => instrument switch
    {
        Histogram<double> { Advice.HistogramBucketBoundaries: { } given } => [.. given],
        Histogram<long> { Advice.HistogramBucketBoundaries: { } given } => [.. given],
        Histogram<int> { Advice.HistogramBucketBoundaries: { } given } => [.. given],
        _ => DefaultBoundaries,
    };

    private PrometheusSeries Find(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var hash = PrometheusSeries.HashOf(tags);
        var known = seriesByHash.GetValueOrDefault(hash);
        while (known is not null && !known.Has(tags))
        {
            known = known.Next;
        }

        return known ?? AddSeries(tags, hash);
    }

    private PrometheusSeries AddSeries(ReadOnlySpan<KeyValuePair<string, object?>> tags, int hash)
    {
        lock (gate)
        {
            if (count >= MaxSeries && tags.Length > 0)
            {
                return AddSeries([], PrometheusSeries.HashOf([]));
            }

            var head = seriesByHash.GetValueOrDefault(hash);
            for (var known = head; known is not null; known = known.Next)
            {
                if (known.Has(tags))
                {
                    return known;
                }
            }

            var added = new PrometheusSeries(tags, boundaries.Length, head);
            seriesByHash = new Dictionary<int, PrometheusSeries>(seriesByHash) { [hash] = added };
            count++;
            return added;
        }
    }

    private IEnumerable<PrometheusSeries> AllSeries()
    {
        foreach (var head in seriesByHash.Values)
        {
            for (var one = head; one is not null; one = one.Next)
            {
                yield return one;
            }
        }
    }
}
