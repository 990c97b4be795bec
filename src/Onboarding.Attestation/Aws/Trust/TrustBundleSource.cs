using Microsoft.Extensions.Hosting;
using Onboarding.Core.Configuration;

namespace Onboarding.Attestation.Aws.Trust;

/// <summary>
/// The trust bundle in use, read anew when its directory has changed and has then been left alone for a look. One that is not whole is reported, and
/// the last good one stays: a file that is being replaced must not cost a region its workloads. Registered as singleton and as hosted service.
/// </summary>
internal sealed class TrustBundleSource : BackgroundService, IAwsTrustSource
{
    private readonly IOptionsSource options;
    private readonly TimeProvider time;
    private readonly AwsTelemetry telemetry;
    private readonly TrustBundleReports reports;
    private readonly Lock gate = new();
    private volatile TrustBundle? bundle;
    private string? seen;
    private string? read;

    public TrustBundleSource(IOptionsSource options, TimeProvider time, AwsTelemetry telemetry)
    {
        (this.options, this.time, this.telemetry) = (options, time, telemetry);
        reports = new TrustBundleReports(telemetry);
        telemetry.WatchExpiry(() => bundle?.Certificates.Min(certificate => (DateTimeOffset?)certificate.NotAfter));
        options.Changed += Refresh;
        Refresh();
    }

    /// <inheritdoc/>
    public event Action? Changed;

    /// <summary>The bundle; null: none is configured.</summary>
    public TrustBundle? Bundle => bundle;

    /// <inheritdoc/>
    public AwsTrust? Current => bundle is { IsEmpty: false } known ? known.Trust : null;

    /// <summary>Somebody comes from a region that nobody vouches for; said once for each.</summary>
    public void ReportUnknown(string region) => reports.Unknown(region);

    /// <summary>Looks at the directory.</summary>
    internal void Refresh()
    {
        bool isChanged;
        lock (gate)
        {
            var before = bundle;
            Load();
            isChanged = !ReferenceEquals(before, bundle);
        }

        if (isChanged)
        {
            Changed?.Invoke();
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        options.Changed -= Refresh;
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(AwsLimits.BundleInterval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                Refresh();
            }
        }
        catch (OperationCanceledException)
        {
            // The host stops.
        }
    }

    private void Load()
    {
        if (options.Current.Workloads.Aws is not { TrustBundle: var directory })
        {
            (bundle, seen, read) = (null, null, null);
            return;
        }

        var files = TrustBundleFiles.Read(directory);
        var isSettled = files.Stamp == seen || bundle is null or { IsEmpty: true };
        seen = files.Stamp;
        if (isSettled && files.Stamp != read)
        {
            read = files.Stamp;
            Take(directory, TrustBundleReader.Read(files));
        }

        reports.Expiry(bundle?.Certificates ?? [], time.GetUtcNow());
    }

    private void Take(string directory, TrustBundleReading reading)
    {
        var isTaken = bundle is null or { IsEmpty: true } || reading.Problems.IsEmpty;
        reports.Problems(reading.Problems, isTaken);
        if (isTaken && reading.Bundle.Trust.Digest != bundle?.Trust.Digest)
        {
            bundle = reading.Bundle;
            reports.Forget();
            telemetry.BundleInUse(directory, reading.Bundle.Certificates.Count(), reading.Bundle.Trust.Digest);
        }
    }
}
