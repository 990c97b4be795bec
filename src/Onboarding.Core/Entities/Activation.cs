using System.Collections.Immutable;
using Microsoft.Extensions.Logging;

namespace Onboarding.Core.Entities;

/// <summary>
/// One entity in memory: the promises of <see cref="IEntityHost{TState}"/>, kept in one place for every host.
/// </summary>
/// <remarks>
/// <list type="bullet">
/// <item>The next state is built, stored, and only then assigned. After a failed write the state in memory is not to be trusted:
/// the activation answers <see cref="UnavailableException"/> and is dropped.</item>
/// <item>Claim before end: the first decision that changes anything is stored, durable or not. A later activation, elsewhere, has thereby
/// moved the row's version before it answers, and whatever an earlier one still believes fails at its write.</item>
/// <item>A wake over 30 s late means that we were away, not they: the entity is <see cref="IEntity{TSelf}.Resumed"/>, as after a load.</item>
/// <item>Effects are stored with the state that decided them, and done outside the turn.</item>
/// </list>
/// </remarks>
/// <typeparam name="TState">The entity's state.</typeparam>
public sealed partial class Activation<TState> : IAsyncDisposable
    where TState : class, IEntity<TState>
{
    private static readonly TimeSpan LateAfter = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ShortestWake = TimeSpan.FromSeconds(1);
    private static readonly DateTime Unarmed = DateTime.MaxValue;

    private readonly string key;
    private readonly IActivationHost<TState> host;
    private readonly IEffectHandler<TState> handler;
    private readonly TimeProvider time;
    private readonly ILogger logger;

#pragma warning disable MA0158 // A Lock is twice as large, and there is an activation for each workload.
    private readonly object gate = new();
#pragma warning restore MA0158

    // There while there is something to do.
    private EffectLoop<TState>? effects;
    private ImmutableArray<Effect> undone;
    private TState state;
    private bool isStored;
    private bool isClaimed;
    private volatile bool isDropped;
    private DateTime armedFor = Unarmed;

    /// <summary>An activation of a row.</summary>
    /// <param name="key">The entity's key.</param>
    /// <param name="row">What was read; null: there is none.</param>
    /// <param name="host">Its host.</param>
    /// <param name="handler">Does its effects.</param>
    /// <param name="time">The clock of deadlines and retries.</param>
    /// <param name="logger">Where dropped activations and failing effects are told.</param>
    public Activation(string key, StoredEntity<TState>? row, IActivationHost<TState> host, IEffectHandler<TState> handler, TimeProvider time, ILogger logger)
    {
        ArgumentNullException.ThrowIfNull(time);
        this.key = key;
        this.host = host;
        this.handler = handler;
        this.time = time;
        this.logger = logger;
        isStored = row is not null;
        undone = row?.Effects ?? [];
        state = row?.State.Resumed(time.GetUtcNow()) ?? TState.Absent(key);
    }

    /// <summary>Whether no effect waits or runs.</summary>
    public bool IsIdle
    {
        get
        {
            lock (gate)
            {
                return effects is not { IsIdle: false };
            }
        }
    }

    // The row of what has gone was kept for its effects.
    private bool IsRemovable => isStored && state.IsAbsent && IsIdle;

    /// <summary>Arms its wake and does again the effects the row holds; within the turn that made it.</summary>
    public void Start()
    {
        Do(undone);
        undone = [];
        ArmForDeadline();
    }

    /// <summary>Completes when no effect waits or runs, or when one has failed and is to be tried again. Not within a turn.</summary>
    public Task SettledAsync()
    {
        lock (gate)
        {
            return effects?.SettledAsync() ?? Task.CompletedTask;
        }
    }

    /// <summary>Asks the entity, within a turn.</summary>
    /// <exception cref="UnavailableException">The write failed, or an earlier one has; perhaps done.</exception>
    public async ValueTask<TReply> AskAsync<TReply>(ICommand<TState, TReply> command)
    {
        ArgumentNullException.ThrowIfNull(command);
        ThrowIfDropped();
        var decision = command.Decide(state, time.GetUtcNow());
        await ApplyAsync(decision);
        return decision.Reply;
    }

    /// <summary>Asks the entity, within a turn, with a command that came as a message.</summary>
    /// <returns>The reply.</returns>
    /// <exception cref="UnavailableException">The write failed, or an earlier one has; perhaps done.</exception>
    public async ValueTask<object?> AnswerAsync(ICommand<TState> command)
    {
        ArgumentNullException.ThrowIfNull(command);
        ThrowIfDropped();
        var decision = command.Decide(state, time.GetUtcNow());
        await ApplyAsync(decision);
        return decision.Answer;
    }

    /// <summary>What <see cref="IActivationHost{TState}.WakeAt"/> asked for, within a turn.</summary>
    /// <exception cref="UnavailableException">The write failed, or an earlier one has.</exception>
    public async ValueTask WakeAsync()
    {
        ThrowIfDropped();
        var now = time.GetUtcNow();
        if (now.UtcDateTime - Disarm() > LateAfter)
        {
            state = state.Resumed(now);
        }

        if (state.Deadline <= now)
        {
            await ApplyAsync(state.OnDeadline(now));
        }

        if (IsRemovable)
        {
            await StoreAsync(state, []);
        }

        ArmForDeadline();
    }

    /// <summary>Ends it: effects stop, and are done again by the next activation. Completes when nothing runs any more.</summary>
    /// <remarks>Not within a turn: an effect that runs may wait for one.</remarks>
    public ValueTask DisposeAsync() => EndEffects()?.DisposeAsync() ?? ValueTask.CompletedTask;

    private void Do(ImmutableArray<Effect> added)
    {
        lock (gate)
        {
            if (!added.IsEmpty && !isDropped)
            {
                (effects ??= new EffectLoop<TState>(key, handler, OnEffectsDone, time, logger)).Add(added);
            }
        }
    }

    private ImmutableArray<Effect> UndoneWith(ImmutableArray<Effect> added)
    {
        lock (gate)
        {
            return effects?.With(added) ?? EffectLoop<TState>.Merge([], added);
        }
    }

    // What runs may go on to ask, so it is stopped outside the lock.
    private EffectLoop<TState>? EndEffects()
    {
        lock (gate)
        {
            isDropped = true;
            return effects;
        }
    }

    private void OnEffectsDone()
    {
        ArmForRemoval();
        lock (gate)
        {
            effects = effects is { IsIdle: true } ? null : effects;
        }
    }

    private async ValueTask ApplyAsync(Decision<TState> decision)
    {
        if (decision.Durable || (!isClaimed && !ReferenceEquals(decision.Next, state)))
        {
            await StoreAsync(decision.Next, decision.Effects);
        }

        state = decision.Next;
        Do(decision.Effects);
        ArmForRemoval();
        ArmForDeadline();
    }

    private async ValueTask StoreAsync(TState next, ImmutableArray<Effect> added)
    {
        var all = UndoneWith(added);
        var row = next.IsAbsent && all.IsEmpty ? null : new StoredEntity<TState>(next, all);
        if (row is null && !isStored)
        {
            return;
        }

        try
        {
            await host.WriteAsync(row);
        }
        catch (Exception failure)
        {
            LogDropped(logger, key, failure);
            Drop();
            throw new UnavailableException($"a write of {key} failed", failure);
        }

        ThrowIfDropped();
        isStored = isClaimed = row is not null;
    }

    private void Drop()
    {
        EndEffects()?.Stop();
        host.Drop();
    }

    private void ThrowIfDropped()
    {
        if (isDropped)
        {
            throw new UnavailableException($"the activation of {key} has ended");
        }
    }

    private DateTime Disarm()
    {
        lock (gate)
        {
            var due = armedFor;
            armedFor = Unarmed;
            return due;
        }
    }

    // Also called by the loop of effects when it falls idle; whichever comes last, that or the turn's assignment, sees both.
    private void ArmForRemoval()
    {
        if (IsRemovable)
        {
            ArmFor(time.GetUtcNow());
        }
    }

    // A deadline that has passed and was kept is asked again, but not in a tight loop.
    private void ArmForDeadline()
    {
        if (state.Deadline is { } deadline)
        {
            var soonest = time.GetUtcNow() + ShortestWake;
            ArmFor(deadline > soonest ? deadline : soonest);
        }
    }

    // A deadline that moves later costs nothing: the wake that is armed finds it so and is armed again.
    private void ArmFor(DateTimeOffset at)
    {
        lock (gate)
        {
            if (at.UtcDateTime < armedFor)
            {
                armedFor = at.UtcDateTime;
                host.WakeAt(at);
            }
        }
    }

    [LoggerMessage(EventId = 1001, Level = LogLevel.Warning, Message = "A write of {Key} failed; its activation is dropped")]
    private static partial void LogDropped(ILogger logger, string key, Exception failure);
}
