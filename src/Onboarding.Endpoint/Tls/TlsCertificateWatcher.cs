using Microsoft.Extensions.Hosting;

namespace Onboarding.Endpoint.Tls;

/// <summary>Looks at the TLS files every few seconds. Their contents are compared: a secret's mount swaps symbolic links, which watchers of files miss.</summary>
internal sealed class TlsCertificateWatcher(TlsCertificateSource source, TimeProvider time) : BackgroundService
{
    /// <summary>How often the files are looked at.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    /// <summary>Loads the first certificate before the listeners open; without one the host does not start.</summary>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        source.Load();
        return base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                source.Reload();
            }
        }
        catch (OperationCanceledException)
        {
            // The host stops.
        }
    }
}
