namespace Onboarding.Core.Entities;

/// <summary>For entities that decide no effects.</summary>
/// <typeparam name="TState">The entity's state.</typeparam>
public sealed class NoEffects<TState> : IEffectHandler<TState>
    where TState : class, IEntity<TState>
{
    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">Always: there was an effect.</exception>
    public ValueTask HandleAsync(string key, Effect effect, CancellationToken cancellationToken) =>
        throw new InvalidOperationException($"nothing does the effects of {typeof(TState).Name}");
}
