namespace Onboarding.Core.Entities;

/// <summary>What an <see cref="Activation{TState}"/> needs of its host: a row, a wake and an end.</summary>
/// <remarks>
/// The host runs <see cref="Activation{TState}.AskAsync"/> and <see cref="Activation{TState}.WakeAsync"/> as turns, one at a time.
/// A grain is one: its state is the row, a grain timer the wake, <c>DeactivateOnIdle</c> the end.
/// </remarks>
/// <typeparam name="TState">The entity's state.</typeparam>
public interface IActivationHost<TState>
    where TState : class, IEntity<TState>
{
    /// <summary>
    /// Stores the row and completes when it is durable; null deletes it. The write is conditional on the version that was read or written last.
    /// Called within a turn. Any exception means: perhaps stored.
    /// </summary>
    ValueTask WriteAsync(StoredEntity<TState>? row);

    /// <summary>
    /// Runs <see cref="Activation{TState}.WakeAsync"/> as a turn at that time (at once when it has passed), and keeps the activation until then.
    /// There is one wake: a call replaces the earlier one. Called within a turn, and by the loop of effects between turns.
    /// </summary>
    void WakeAt(DateTimeOffset at);

    /// <summary>Forgets the activation: the next to ask is served by a new one. Called within a turn, at most once.</summary>
    void Drop();
}
