using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Onboarding.Endpoint.Telemetry.Health;

namespace Onboarding.Silo.Draining;

/// <summary>
/// Between being told to stop and stopping: not ready any more, so that no new agent is sent here, and still serving those that are. Each of them is sent
/// elsewhere (<see cref="ClientsElsewhere"/>). The server and the silo stop after that.
/// </summary>
internal sealed class SiloDraining(IOptions<DrainingOptions> options, TimeProvider time) : IHostedLifecycleService, IReadinessCheck
{
    private volatile bool isDraining;

    /// <inheritdoc/>
    public string Name => "draining";

    /// <inheritdoc/>
    public ValueTask<string?> FindProblemAsync(CancellationToken cancellationToken) => new(isDraining ? "the silo is about to stop" : null);

    /// <summary>Whether it was told to stop.</summary>
    public bool IsDraining => isDraining;

    /// <inheritdoc/>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        if (isDraining)
        {
            return;
        }

        isDraining = true;
        await Task.Delay(options.Value.Serve, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <inheritdoc/>
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
