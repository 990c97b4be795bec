using Onboarding.Core.Entities;

namespace Onboarding.TestKit.Entities;

/// <summary>Tells of every time that an entity is asked: a hop, where entities live on several silos.</summary>
public sealed class CountingEntityHost<TState>(IEntityHost<TState> inner, Action asked) : IEntityHost<TState>
    where TState : class, IEntity<TState>
{
    /// <inheritdoc/>
    public ValueTask<TReply> AskAsync<TReply>(string key, ICommand<TState, TReply> command, CancellationToken cancellationToken = default)
    {
        asked();
        return inner.AskAsync(key, command, cancellationToken);
    }
}
