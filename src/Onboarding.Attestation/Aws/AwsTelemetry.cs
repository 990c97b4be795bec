using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;

namespace Onboarding.Attestation.Aws;

/// <summary>What is logged and counted about AWS.</summary>
internal sealed partial class AwsTelemetry
{
    private readonly ILogger<AwsTelemetry> logger;
    private readonly Meter meter;
    private readonly Counter<long> calls;

    public AwsTelemetry(ILogger<AwsTelemetry> logger, IMeterFactory meters)
    {
        this.logger = logger;
        meter = meters.Create("Onboarding.Attestation");
        calls = meter.CreateCounter<long>("onboarding.aws.sts_calls", "{call}", "Questions to AWS's Security Token Service");
    }

    /// <summary>Counts a question that was answered, or was not.</summary>
    /// <param name="outcome"><c>proven</c>, <c>rejected</c> or <c>unavailable</c>.</param>
    public void CountCall(string outcome) => calls.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    /// <summary>Measures when the first certificate of the trust bundle expires.</summary>
    public void WatchExpiry(Func<DateTimeOffset?> expiry) => meter.CreateObservableGauge(
        "onboarding.aws.trust_bundle.expiry",
        () => expiry() is { } at ? [new Measurement<long>(at.ToUnixTimeSeconds())] : Array.Empty<Measurement<long>>(),
        "s",
        "When the first certificate of the trust bundle expires, in seconds since 1970");

    [LoggerMessage(2201, LogLevel.Information, "The trust bundle {Directory} is in use: {Regions} regions, digest {Digest}.")]
    public partial void BundleInUse(string directory, int regions, string digest);

    [LoggerMessage(2202, LogLevel.Error, "The changed trust bundle is not taken over, and the last good one stays: {Problem}.")]
    public partial void BundleKept(string problem);

    [LoggerMessage(2203, LogLevel.Error, "Trust bundle: {Problem}; it vouches for nobody.")]
    public partial void FileNotUsed(string problem);

    [LoggerMessage(2204, LogLevel.Error, "The certificate of region {Region} in the trust bundle expired at {Expiry:O}: instances there are refused. Run onboardctl trust aws.")]
    public partial void CertificateExpired(string region, DateTimeOffset expiry);

    [LoggerMessage(2205, LogLevel.Warning, "The certificate of region {Region} in the trust bundle expires at {Expiry:O}. Run onboardctl trust aws.")]
    public partial void CertificateExpires(string region, DateTimeOffset expiry);

    [LoggerMessage(2206, LogLevel.Warning, "Somebody comes from AWS region {Region}, which the trust bundle does not have. If it is yours, run onboardctl trust aws.")]
    public partial void RegionUnknown(string region);
}
