using System.Diagnostics.Metrics;

namespace Onboarding.Endpoint.Tls;

/// <summary>Metrics of the TLS certificate.</summary>
internal sealed class TlsMetrics
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "Onboarding.Tls";

    public TlsMetrics(IMeterFactory meters, TlsCertificateSource source)
    {
        var meter = meters.Create(MeterName);
        meter.CreateObservableGauge(
            "onboarding.tls.certificate.expiry",
            () => new DateTimeOffset(source.Current.Certificate.NotAfter.ToUniversalTime()).ToUnixTimeSeconds(),
            unit: "s",
            description: "When the TLS certificate in use expires, in seconds since 1970.");
    }
}
