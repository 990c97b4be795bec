namespace Onboarding.Core.Entities;

/// <summary>Does the effects of one kind of entity. A handler first asks whether it is done already, and what it writes outside carries the epoch.</summary>
/// <typeparam name="TState">The entity's state.</typeparam>
public interface IEffectHandler<TState>
    where TState : class, IEntity<TState>
{
    /// <summary>Does one effect. An exception means: not done, to be tried again.</summary>
    ValueTask HandleAsync(string key, Effect effect, CancellationToken cancellationToken);
}
