using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace Onboarding.Core.Entities;

/// <summary>What becomes of an entity: its next state, whether that must be stored before anybody is told, and what follows outside.</summary>
/// <typeparam name="TState">The entity's state.</typeparam>
/// <param name="Next">The next state.</param>
/// <param name="Durable">Whether it is stored before the reply.</param>
/// <param name="Effects">What is done after it was stored, in order, at least once.</param>
public record Decision<TState>(TState Next, bool Durable, ImmutableArray<Effect> Effects)
    where TState : class, IEntity<TState>
{
    /// <summary>The reply, for a host that does not know its type; null: there is none.</summary>
    internal virtual object? Answer => null;
}

/// <summary>A decision with a reply.</summary>
/// <typeparam name="TState">The entity's state.</typeparam>
/// <typeparam name="TReply">What the one who asks is told.</typeparam>
/// <param name="Next">The next state.</param>
/// <param name="Reply">The reply.</param>
/// <param name="Durable">Whether it is stored before the reply.</param>
/// <param name="Effects">What is done after it was stored, in order, at least once.</param>
public sealed record Decision<TState, TReply>(TState Next, TReply Reply, bool Durable, ImmutableArray<Effect> Effects)
    : Decision<TState>(Next, Durable, Effects)
    where TState : class, IEntity<TState>
{
    /// <inheritdoc/>
    internal override object? Answer => Reply;
}

/// <summary>The ways to decide.</summary>
public static class Decision
{
    /// <summary>Nothing changes.</summary>
    public static Decision<TState, TReply> Keep<TState, TReply>(this TState state, TReply reply)
        where TState : class, IEntity<TState> => new(state, reply, Durable: false, []);

    /// <summary>Changes memory only: its loss costs nothing that was promised.</summary>
    public static Decision<TState, TReply> Remember<TState, TReply>(this TState next, TReply reply)
        where TState : class, IEntity<TState> => new(next, reply, Durable: false, []);

    /// <summary>Is stored before the reply; the effects follow.</summary>
    public static Decision<TState, TReply> Store<TState, TReply>(this TState next, TReply reply, params ReadOnlySpan<Effect> effects)
        where TState : class, IEntity<TState> => new(next, reply, Durable: true, [.. effects]);

    /// <summary>For a deadline: nothing changes.</summary>
    public static Decision<TState> Keep<TState>(this TState state)
        where TState : class, IEntity<TState> => new(state, Durable: false, []);

    /// <summary>For a deadline: changes memory only.</summary>
    public static Decision<TState> Remember<TState>(this TState next)
        where TState : class, IEntity<TState> => new(next, Durable: false, []);

    /// <summary>For a deadline: is stored; the effects follow.</summary>
    // Without the priority a lone effect would be taken for a reply.
    [OverloadResolutionPriority(1)]
    public static Decision<TState> Store<TState>(this TState next, params ReadOnlySpan<Effect> effects)
        where TState : class, IEntity<TState> => new(next, Durable: true, [.. effects]);
}
