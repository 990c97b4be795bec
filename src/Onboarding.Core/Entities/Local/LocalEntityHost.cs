using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Onboarding.Core.Entities.Local;

/// <summary>Hosts entities of one kind in one process: a lock for each key, one heap of wakes, rows in an <see cref="IEntityStore"/>.</summary>
/// <remarks>What waits for a deadline or has effects to do stays in memory; the rest leaves it when nobody has asked for two minutes.</remarks>
/// <typeparam name="TState">The entity's state.</typeparam>
public sealed class LocalEntityHost<TState> : IEntityHost<TState>, IAsyncDisposable
    where TState : class, IEntity<TState>
{
    private readonly ConcurrentDictionary<string, LocalActivation<TState>> activations = new(StringComparer.Ordinal);
    private readonly Lazy<IEffectHandler<TState>> handler;
    private volatile bool isStopped;

    /// <summary>A host over a store.</summary>
    /// <param name="codec">The entity's stored form.</param>
    /// <param name="store">Where its rows are.</param>
    /// <param name="handler">Makes what does its effects; asked once, and late, since a handler usually needs hosts itself.</param>
    /// <param name="time">The clock of deadlines and retries.</param>
    /// <param name="logger">Where failures are told.</param>
    public LocalEntityHost(EntityCodec<TState> codec, IEntityStore store, Func<IEffectHandler<TState>> handler, TimeProvider time, ILogger<LocalEntityHost<TState>> logger)
    {
        Codec = codec;
        Store = store;
        this.handler = new Lazy<IEffectHandler<TState>>(handler);
        Time = time;
        Logger = logger;
        Wakes = new WakeQueue(time);
    }

    /// <summary>How many activations are in memory.</summary>
    public int Count => activations.Count;

    internal EntityCodec<TState> Codec { get; }

    internal IEntityStore Store { get; }

    internal IEffectHandler<TState> Handler => handler.Value;

    internal TimeProvider Time { get; }

    internal ILogger Logger { get; }

    internal WakeQueue Wakes { get; }

    /// <inheritdoc/>
    public async ValueTask<TReply> AskAsync<TReply>(string key, ICommand<TState, TReply> command, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        var activation = Enter(key);
        try
        {
            return await activation.AskAsync(command, cancellationToken);
        }
        finally
        {
            activation.Leave();
        }
    }

    /// <summary>Answers <see cref="UnavailableException"/> from now on, lets turns that run end, and stops effects.</summary>
    public async ValueTask DisposeAsync()
    {
        isStopped = true;
        Wakes.Dispose();
        foreach (var activation in activations.Values)
        {
            await activation.DisposeAsync();
        }
    }

    internal void Forget(LocalActivation<TState> activation) =>
        activations.TryRemove(KeyValuePair.Create(activation.Key, activation));

    private LocalActivation<TState> Enter(string key)
    {
        while (!isStopped)
        {
            var activation = activations.GetOrAdd(key, static (key, host) => new LocalActivation<TState>(key, host), this);
            if (activation.TryEnter())
            {
                return activation;
            }
        }

        throw new UnavailableException("the host is stopping");
    }
}
