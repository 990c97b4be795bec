namespace Onboarding.Core.Entities;

/// <summary>A command to an entity; the record is the decider. It bears being asked twice and then gives the same reply.</summary>
/// <typeparam name="TState">The entity's state.</typeparam>
public interface ICommand<TState>
    where TState : class, IEntity<TState>
{
    /// <summary>Whether it waits, outside the turn, until what the entity has left to be done is done, or has failed and is to be tried again. Not for what does that.</summary>
    bool IsAfterEffects => false;

    /// <summary>Decides, purely.</summary>
    Decision<TState> Decide(TState state, DateTimeOffset now);
}

/// <inheritdoc cref="ICommand{TState}"/>
/// <typeparam name="TState">The entity's state.</typeparam>
/// <typeparam name="TReply">What the one who asks is told.</typeparam>
public interface ICommand<TState, TReply> : ICommand<TState>
    where TState : class, IEntity<TState>
{
    /// <summary>Decides, purely.</summary>
    new Decision<TState, TReply> Decide(TState state, DateTimeOffset now);

    Decision<TState> ICommand<TState>.Decide(TState state, DateTimeOffset now) => Decide(state, now);
}
