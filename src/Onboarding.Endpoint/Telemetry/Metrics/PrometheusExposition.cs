using System.Diagnostics.Metrics;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Onboarding.Endpoint.Telemetry.Metrics;

/// <summary>Collects our meters, and the server's and the runtime's, with a <see cref="MeterListener"/>.</summary>
internal sealed partial class PrometheusExposition : IMetricsExposition, IDisposable
{
    private static readonly string[] OtherMeters =
    [
        "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime",
    ];

    private readonly ILogger<PrometheusExposition> logger;
    private readonly MeterListener listener = new();
    private readonly Lock gate = new();
    private readonly SortedDictionary<string, PrometheusMetric> metrics = new(StringComparer.Ordinal);

    /// <summary>Listens to our meters, the server's and the runtime's: those of this host, and those of the process.</summary>
    public PrometheusExposition(IMeterFactory meters, ILogger<PrometheusExposition> logger)
        : this(meter => IsWanted(meter) && (meter.Scope is null || ReferenceEquals(meter.Scope, meters)), logger)
    {
    }

    /// <summary>Listens to the meters that a predicate picks.</summary>
    internal PrometheusExposition(Func<Meter, bool> isWanted, ILogger<PrometheusExposition> logger)
    {
        this.logger = logger;
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (isWanted(instrument.Meter))
            {
                self.EnableMeasurementEvents(instrument, Add(instrument));
            }
        };
        listener.SetMeasurementEventCallback<byte>(static (_, value, tags, metric) => ((PrometheusMetric)metric!).Record(value, tags));
        listener.SetMeasurementEventCallback<short>(static (_, value, tags, metric) => ((PrometheusMetric)metric!).Record(value, tags));
        listener.SetMeasurementEventCallback<int>(static (_, value, tags, metric) => ((PrometheusMetric)metric!).Record(value, tags));
        listener.SetMeasurementEventCallback<long>(static (_, value, tags, metric) => ((PrometheusMetric)metric!).Record(value, tags));
        listener.SetMeasurementEventCallback<float>(static (_, value, tags, metric) => ((PrometheusMetric)metric!).Record(value, tags));
        listener.SetMeasurementEventCallback<double>(static (_, value, tags, metric) => ((PrometheusMetric)metric!).Record(value, tags));
        listener.SetMeasurementEventCallback<decimal>(static (_, value, tags, metric) => ((PrometheusMetric)metric!).Record((double)value, tags));
        listener.Start();
    }

    /// <inheritdoc/>
    public Task WriteAsync(HttpResponse response, CancellationToken cancellationToken)
    {
        response.ContentType = "text/plain; version=0.0.4; charset=utf-8";
        return response.Body.WriteAsync(Encoding.UTF8.GetBytes(Render()), cancellationToken).AsTask();
    }

    /// <summary>The text.</summary>
    public string Render()
    {
        try
        {
            listener.RecordObservableInstruments();
        }
        catch (AggregateException exception)
        {
            LogNotObserved(logger, exception);
        }

        var text = new StringBuilder();
        lock (gate)
        {
            foreach (var metric in metrics.Values)
            {
                metric.Render(text);
            }
        }

        return text.ToString();
    }

    /// <inheritdoc/>
    public void Dispose() => listener.Dispose();

    private static bool IsWanted(Meter meter) =>
        meter.Name.StartsWith("Onboarding.", StringComparison.Ordinal) || OtherMeters.Contains(meter.Name, StringComparer.Ordinal);

    [LoggerMessage(3303, LogLevel.Error, "Some metrics could not be observed.")]
    private static partial void LogNotObserved(ILogger logger, Exception exception);

    /// <summary>Two instruments of one name are one metric, as when a meter is made twice.</summary>
    private PrometheusMetric Add(Instrument instrument)
    {
        lock (gate)
        {
            var name = PrometheusName.Of(instrument);
            if (!metrics.TryGetValue(name, out var metric))
            {
                metrics[name] = metric = new PrometheusMetric(name, instrument);
            }

            return metric;
        }
    }
}
