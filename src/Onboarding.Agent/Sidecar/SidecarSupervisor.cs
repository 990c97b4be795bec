using Microsoft.Extensions.Logging;
using Onboarding.Agent.Life;
using Onboarding.Protocol;

namespace Onboarding.Agent.Sidecar;

/// <summary>
/// Runs the sidecar as a child and starts it again when it ends, with growing pauses. A process that ends while the agent lives on is news;
/// the agent's own end is not: a child that was not stopped goes on, and the next agent adopts it.
/// </summary>
internal sealed partial class SidecarSupervisor(
    ISidecarLauncher launcher,
    IReadinessProbe probe,
    IDelay delay,
    TimeProvider time,
    Random random,
    IstioRelease release,
    ILogger logger) : ISidecar, IDisposable
{
    private static readonly TimeSpan StableAfter = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(30);
    private readonly Lock gate = new();
    private readonly CancellationTokenSource stopping = new();
    private TaskCompletionSource order = NewOrder();
    private Task? supervision;
    private ISidecarProcess? process;
    private string wanted = "";
    private string? failure;

    public string? Revision
    {
        get
        {
            lock (gate)
            {
                return process?.Revision;
            }
        }
    }

    public void Ensure(string revision)
    {
        lock (gate)
        {
            wanted = revision;
            process ??= supervision is null ? launcher.TryAdopt() : null;
            supervision ??= SuperviseAsync(stopping.Token);
        }
    }

    public void Restart(string revision)
    {
        Ensure(revision);
        lock (gate)
        {
            order.TrySetResult();
        }
    }

    public async Task<SidecarStatus> GetStatusAsync(CancellationToken cancellationToken)
    {
        var running = Running;
        var state = running is not null
            ? await probe.IsReadyAsync(cancellationToken) ? SidecarState.Ready : SidecarState.Starting
            : launcher.IsInstalled ? SidecarState.Stopped : SidecarState.Missing;
        return new SidecarStatus(state, release.Version, release.Revision, running?.Revision);
    }

    public async Task StopAsync()
    {
        await stopping.CancelAsync();
        if (supervision is { } running)
        {
            await running;
        }

        var left = Running ?? launcher.TryAdopt();
        if (left is not null)
        {
            await SidecarDrain.RunAsync(left, delay, logger);
            Running = null;
        }

        launcher.Forget();
    }

    public void Dispose() => stopping.Dispose();

    private ISidecarProcess? Running
    {
        get
        {
            lock (gate)
            {
                return process;
            }
        }

        set
        {
            lock (gate)
            {
                process = value;
            }
        }
    }

    private Task Order
    {
        get
        {
            lock (gate)
            {
                return order.Task;
            }
        }
    }

    private static TaskCompletionSource NewOrder() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task SuperviseAsync(CancellationToken cancellationToken)
    {
        var stopped = Task.Delay(Timeout.InfiniteTimeSpan, time, cancellationToken);
        var backoff = new Backoff(random);
        var missing = false;
        while (!cancellationToken.IsCancellationRequested)
        {
            if (Running is null && !TryStart(ref missing))
            {
                await WaitAsync(missing ? LookAgain : backoff.Next(), stopped, cancellationToken);
                continue;
            }

            missing = false;
            var running = Running!;
            var since = time.GetTimestamp();
            await Task.WhenAny(running.Ended, Order, stopped);
            if (running.Ended.IsCompleted)
            {
                Running = null;
                Ended(logger);
                if (time.GetElapsedTime(since) >= StableAfter)
                {
                    backoff.Reset();
                }

                await WaitAsync(backoff.Next(), stopped, cancellationToken);
            }
            else if (TakeRestart())
            {
                await SidecarDrain.RunAsync(running, delay, logger);
                Running = null;
                backoff.Reset();
            }
        }
    }

    private bool TryStart(ref bool missing)
    {
        if (!launcher.IsInstalled)
        {
            if (!missing)
            {
                Missing(logger);
            }

            missing = true;
            return false;
        }

        try
        {
            Running = launcher.Start(wanted);
            failure = null;
            Started(logger, wanted);
            return true;
        }
        catch (Exception error)
        {
            if (failure != error.Message)
            {
                failure = error.Message;
                NotStarted(logger, failure);
            }

            return false;
        }
    }

    private async Task WaitAsync(TimeSpan pause, Task stopped, CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(delay.WaitAsync(pause, over.Token), Order, stopped);
        await over.CancelAsync();
        TakeRestart();
    }

    private bool TakeRestart()
    {
        lock (gate)
        {
            if (!order.Task.IsCompleted)
            {
                return false;
            }

            order = NewOrder();
            return process is not null && process.Revision != wanted;
        }
    }
}
