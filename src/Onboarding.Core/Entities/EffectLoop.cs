using System.Collections.Immutable;
using Microsoft.Extensions.Logging;

namespace Onboarding.Core.Entities;

/// <summary>
/// Does one activation's effects in order, outside its turns. One that fails is tried again after 1 s to 60 s, for ever, and those behind it wait.
/// </summary>
internal sealed partial class EffectLoop<TState>(
    string key,
    IEffectHandler<TState> handler,
    Action onIdle,
    TimeProvider time,
    ILogger logger) : IAsyncDisposable
    where TState : class, IEntity<TState>
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(60);

    private readonly Lock gate = new();
    private readonly CancellationTokenSource stopping = new();
    private ImmutableArray<Effect> waiting = [];
    private Effect? current;
    private Task loop = Task.CompletedTask;
    private TaskCompletionSource? settled;
    private bool running;
    private bool isFailing;

    /// <summary>Whether all is done.</summary>
    public bool IsIdle
    {
        get
        {
            lock (gate)
            {
                return !running;
            }
        }
    }

    /// <summary>Completes when all is done, or when something has failed and is to be tried again.</summary>
    public Task SettledAsync()
    {
        lock (gate)
        {
            return !running || isFailing
                ? Task.CompletedTask
                : (settled ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    /// <summary>What is not done yet and will not be replaced, with what is about to be added: what a row must hold.</summary>
    public ImmutableArray<Effect> With(ImmutableArray<Effect> added)
    {
        lock (gate)
        {
            return Merge(Merge(current is null ? [] : [current], waiting), added);
        }
    }

    /// <summary>Adds effects; each replaces one on the same target that waits.</summary>
    public void Add(ImmutableArray<Effect> added)
    {
        lock (gate)
        {
            waiting = Merge(waiting, added);
            if (!running && !waiting.IsEmpty && !stopping.IsCancellationRequested)
            {
                running = true;

                // What is done outlives the call that left it, and must not hold on to its context.
                using var alone = ExecutionContext.SuppressFlow();
                loop = RunAsync(stopping.Token);
            }
        }
    }

    /// <summary>Begins nothing more, and cancels what runs.</summary>
    public void Stop() => stopping.Cancel();

    /// <summary>Stops, and completes when nothing runs any more.</summary>
    public async ValueTask DisposeAsync()
    {
        Stop();
        await loop;
        stopping.Dispose();
    }

    /// <summary>Puts effects behind others; each replaces one on the same target.</summary>
    public static ImmutableArray<Effect> Merge(ImmutableArray<Effect> older, ImmutableArray<Effect> newer)
    {
        foreach (var effect in newer)
        {
            older = older.RemoveAll(other => string.Equals(other.Target, effect.Target, StringComparison.Ordinal)).Add(effect);
        }

        return older;
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        // The turn that added the first effect must not run it; in a grain this stays on the grain's scheduler.
        await Task.Yield();
        var failures = 0;
        while (Take() is { } effect)
        {
            try
            {
                await handler.HandleAsync(key, effect, cancellationToken);
                Done(effect, failures);
                failures = 0;
            }
            catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
            {
                Failed(effect, failure, failures++);
                await Task.Delay(DelayAfter(failures), time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            }
            catch (Exception)
            {
                // Stopped: the next activation does it again.
            }
        }
    }

    private Effect? Take()
    {
        lock (gate)
        {
            if (!stopping.IsCancellationRequested && !waiting.IsEmpty)
            {
                current = waiting[0];
                waiting = waiting.RemoveAt(0);
                return current;
            }

            running = false;
            Settle();
        }

        if (!stopping.IsCancellationRequested)
        {
            onIdle();
        }

        return null;
    }

    private void Done(Effect effect, int failures)
    {
        lock (gate)
        {
            current = null;
            isFailing = false;
        }

        if (failures > 0)
        {
            LogRecovered(logger, effect.GetType().Name, key, failures);
        }
    }

    private void Failed(Effect effect, Exception failure, int failures)
    {
        lock (gate)
        {
            current = null;
            waiting = Merge([effect], waiting);
            isFailing = true;
            Settle();
        }

        if (failures == 0)
        {
            LogFailed(logger, effect.GetType().Name, key, failure);
        }
    }

    private void Settle()
    {
        settled?.SetResult();
        settled = null;
    }

    // Half of it is chance, so that a fleet does not come back in step.
    private static TimeSpan DelayAfter(int failures)
    {
        var longest = FirstDelay * Math.Pow(2, Math.Min(failures - 1, 10));
        return (longest < LongestDelay ? longest : LongestDelay) * (0.5 + (Random.Shared.NextDouble() / 2));
    }

    [LoggerMessage(EventId = 1101, Level = LogLevel.Warning, Message = "Effect {Effect} of {Key} failed and is tried again until it succeeds")]
    private static partial void LogFailed(ILogger logger, string effect, string key, Exception failure);

    [LoggerMessage(EventId = 1102, Level = LogLevel.Information, Message = "Effect {Effect} of {Key} succeeded after {Failures} failures")]
    private static partial void LogRecovered(ILogger logger, string effect, string key, int failures);
}
