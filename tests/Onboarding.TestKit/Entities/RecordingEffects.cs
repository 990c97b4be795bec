using System.Collections.Concurrent;
using System.Threading.Channels;
using Onboarding.Core.Entities;

namespace Onboarding.TestKit.Entities;

/// <summary>Records what it is asked to do; fails and waits when a test says so.</summary>
public sealed class RecordingEffects<TState> : IEffectHandler<TState>
    where TState : class, IEntity<TState>
{
    private readonly ConcurrentQueue<Effect> attempted = new();
    private readonly Channel<Effect> attempts = Channel.CreateUnbounded<Effect>();
    private TaskCompletionSource? held;
    private int failures;

    /// <summary>What was attempted, in order, failures too.</summary>
    public IReadOnlyList<Effect> Attempted => [.. attempted];

    /// <summary>Is run with each effect, before it is done.</summary>
    public Func<string, Effect, CancellationToken, Task> OnHandle { get; set; } = (_, _, _) => Task.CompletedTask;

    /// <summary>The next attempts fail.</summary>
    public void FailNext(int count) => Volatile.Write(ref failures, count);

    /// <summary>Attempts wait until <see cref="Release"/>, after they were recorded.</summary>
    public void Hold() => held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Lets the attempts that wait go on.</summary>
    public void Release() => Interlocked.Exchange(ref held, null)?.SetResult();

    /// <summary>Completes when so many more attempts have begun.</summary>
    public async Task AttemptedAsync(int count = 1)
    {
        for (var attempt = 0; attempt < count; attempt++)
        {
            await attempts.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30));
        }
    }

    /// <inheritdoc/>
    public async ValueTask HandleAsync(string key, Effect effect, CancellationToken cancellationToken)
    {
        var fails = Interlocked.Decrement(ref failures) >= 0;
        attempted.Enqueue(effect);
        attempts.Writer.TryWrite(effect);
        if (held is { } wait)
        {
            await wait.Task.WaitAsync(cancellationToken);
        }

        await OnHandle(key, effect, cancellationToken);
        if (fails)
        {
            throw new IOException("injected: the effect failed");
        }
    }
}
