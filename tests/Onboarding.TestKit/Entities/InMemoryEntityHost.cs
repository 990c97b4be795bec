using Microsoft.Extensions.Logging.Abstractions;
using Onboarding.Core.Entities;
using Onboarding.Core.Entities.Local;

namespace Onboarding.TestKit.Entities;

/// <summary>
/// A host for tests of what is built on entities. Rows pass through the codec, as they do in production; <see cref="Restart"/> loses what is only in memory.
/// </summary>
public sealed class InMemoryEntityHost<TState> : IEntityHost<TState>, IAsyncDisposable
    where TState : class, IEntity<TState>
{
    private readonly EntityCodec<TState> codec;
    private readonly TimeProvider time;
    private LocalEntityHost<TState> host;

    /// <summary>A host with an empty store.</summary>
    public InMemoryEntityHost(EntityCodec<TState> codec, TimeProvider time, IEffectHandler<TState>? handler = null)
    {
        this.codec = codec;
        this.time = time;
        Handler = handler;
        host = NewHost();
    }

    /// <summary>The store, in which writes can be made to fail.</summary>
    public FaultyEntityStore Store { get; } = new(new InMemoryEntityStore());

    /// <summary>Does the effects; set before the first entity is asked. For entities without effects none is needed.</summary>
    public IEffectHandler<TState>? Handler { get; set; }

    /// <inheritdoc/>
    public ValueTask<TReply> AskAsync<TReply>(string key, ICommand<TState, TReply> command, CancellationToken cancellationToken = default) =>
        host.AskAsync(key, command, cancellationToken);

    /// <summary>What is stored of an entity now; null: no row.</summary>
    public async Task<StoredEntity<TState>?> ReadRowAsync(string key) =>
        await Store.ReadAsync(codec.Kind, key) is { } row ? codec.Decode(row.Value) : null;

    /// <summary>Ends the host as a process ends, and starts another over the same rows.</summary>
    public async Task Restart()
    {
        await host.DisposeAsync();
        host = NewHost();
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => host.DisposeAsync();

    private LocalEntityHost<TState> NewHost() => new(
        codec,
        Store,
        () => Handler ?? new NoEffects<TState>(),
        time,
        NullLogger<LocalEntityHost<TState>>.Instance);
}
