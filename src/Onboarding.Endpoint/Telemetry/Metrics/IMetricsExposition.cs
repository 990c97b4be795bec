using Microsoft.AspNetCore.Http;

namespace Onboarding.Endpoint.Telemetry.Metrics;

/// <summary>Renders the metrics of this process for <c>/metrics</c>.</summary>
/// <remarks>
/// OpenTelemetry.Exporter.Prometheus.AspNetCore could stand behind this interface; its releases are previews, and not every package source has them.
/// </remarks>
internal interface IMetricsExposition
{
    /// <summary>Writes all metrics in Prometheus' text format, version 0.0.4.</summary>
    Task WriteAsync(HttpResponse response, CancellationToken cancellationToken);
}
