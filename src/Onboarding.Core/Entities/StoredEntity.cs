using System.Collections.Immutable;

namespace Onboarding.Core.Entities;

/// <summary>What a row holds: the state, and the effects that were not known to be done when it was written.</summary>
/// <typeparam name="TState">The entity's state.</typeparam>
/// <param name="State">The state.</param>
/// <param name="Effects">Its effects, in order. They are not taken out when done, so whoever loads the row does them again.</param>
public sealed record StoredEntity<TState>(TState State, ImmutableArray<Effect> Effects)
    where TState : class, IEntity<TState>;
