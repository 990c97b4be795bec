namespace Onboarding.Core.Entities;

/// <summary>Hosts entities of one kind: one writer per key; a durable decision is stored before its reply; effects follow it, at least once.</summary>
/// <typeparam name="TState">The entity's state.</typeparam>
public interface IEntityHost<TState>
    where TState : class, IEntity<TState>
{
    /// <summary>Asks the entity of that key.</summary>
    /// <exception cref="UnavailableException">Perhaps done: ask again. The only failure.</exception>
    ValueTask<TReply> AskAsync<TReply>(string key, ICommand<TState, TReply> command, CancellationToken cancellationToken = default);
}
