using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace Onboarding.Endpoint.Telemetry.Metrics;

/// <summary>Sends the metrics to a collector where <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> names one; OpenTelemetry's other variables hold, too.</summary>
internal sealed class OtlpExport(IHostEnvironment environment) : IHostedService, IDisposable
{
    /// <summary>The variable that switches it on.</summary>
    public const string EndpointVariable = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private MeterProvider? provider;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        provider = Sdk.CreateMeterProviderBuilder()
            .ConfigureResource(resource => resource.AddService(environment.ApplicationName).AddEnvironmentVariableDetector())
            .AddMeter("Onboarding.*", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime")
            .AddOtlpExporter()
            .Build();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    /// <summary>Sends what has not been sent, and ends.</summary>
    public void Dispose() => Interlocked.Exchange(ref provider, null)?.Dispose();
}
