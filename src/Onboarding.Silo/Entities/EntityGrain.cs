using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using Onboarding.Core.Entities;
using Orleans.Concurrency;

namespace Onboarding.Silo.Entities;

/// <summary>
/// One entity as a grain: its row, its turns and its wake; what it promises stands in <see cref="Activation{TState}"/>.
/// </summary>
/// <remarks>
/// Turns are taken here, not by Orleans, which is why the grain is reentrant: what waits behind a failed write must be told
/// <c>unavailable</c>, and somebody who gives up while waiting must not be served. The wake takes its turn when it fires.
/// </remarks>
/// <typeparam name="TState">The entity's state.</typeparam>
[Reentrant]
[SuppressMessage("Design", "CA1001", Justification = "What it owns ends with its deactivation; a semaphore without a wait handle needs no end.")]
internal abstract partial class EntityGrain<TState>(EntityServices<TState> services) : Grain, IEntityGrain, IActivationHost<TState>
    where TState : class, IEntity<TState>
{
    // Timers of .NET end at 49 days, and a wall clock may be set while one runs.
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    // An activation is kept this long beyond its wake, or for effects that are not done.
    private static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan KeptForEffects = TimeSpan.FromHours(24);
    private static readonly Immutable<byte[]> Unavailable = new([]);

    private readonly SemaphoreSlim turn = new(1, 1);
    private readonly GrainState<GrainRow> row = new();
    private Activation<TState>? activation;
    private TaskScheduler scheduler = TaskScheduler.Default;
    private ITimer? timer;
    private DateTimeOffset? wakeAt;

    private string Key => GrainContext.GrainId.Key.ToString()!;

    /// <inheritdoc/>
    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        scheduler = TaskScheduler.Current;
        timer = services.Time.CreateTimer(static grain => ((EntityGrain<TState>)grain!).OnTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        await services.Storage.ReadStateAsync(services.Codec.Kind, GrainContext.GrainId, row, cancellationToken);
        var stored = row.RecordExists ? services.Codec.Decode(row.State!.Json) : null;
        activation = new Activation<TState>(Key, stored, this, services.Handler(), services.Time, services.Logger);
        activation.Start();
        services.Activations.Begin();
    }

    /// <inheritdoc/>
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (timer is not null)
        {
            await timer.DisposeAsync();
        }

        if (activation is not null)
        {
            services.Activations.End();
            await turn.WaitAsync(cancellationToken);
            turn.Release();
            await activation.DisposeAsync();
        }
    }

    /// <inheritdoc/>
    public async Task<Immutable<byte[]>> AskAsync(Immutable<byte[]> command, CancellationToken cancellationToken)
    {
        if (services.Messages.DecodeCommand(command.Value) is not { } known)
        {
            LogUnknownCommand(services.Logger, Key);
            return Unavailable;
        }

        if (known.IsAfterEffects)
        {
            await activation!.SettledAsync().WaitAsync(cancellationToken);
        }

        await turn.WaitAsync(cancellationToken);
        try
        {
            var reply = await activation!.AnswerAsync(known);
            OnAnswered(known);
            return reply is null ? Unavailable : new(services.Messages.EncodeReply(reply));
        }
        catch (UnavailableException)
        {
            return Unavailable;
        }
        finally
        {
            EndTurn();
        }
    }

    /// <summary>A command was decided; still within its turn.</summary>
    protected virtual void OnAnswered(ICommand<TState> command)
    {
    }

    /// <inheritdoc/>
    public async ValueTask WriteAsync(StoredEntity<TState>? entity)
    {
        if (entity is null)
        {
            await services.Storage.ClearStateAsync(services.Codec.Kind, GrainContext.GrainId, row);
        }
        else
        {
            row.State = new GrainRow { Json = services.Codec.Encode(entity) };
            await services.Storage.WriteStateAsync(services.Codec.Kind, GrainContext.GrainId, row);
        }
    }

    /// <inheritdoc/>
    public void WakeAt(DateTimeOffset at)
    {
        wakeAt = at;
        var wait = at - services.Time.GetUtcNow();
        ArmTimer(wait);
        DelayDeactivation((wait > TimeSpan.Zero ? wait : TimeSpan.Zero) + KeptFor);
    }

    /// <inheritdoc/>
    public void Drop() => DeactivateOnIdle();

    // Rounded up: a timer counts whole milliseconds and would otherwise fire before the time.
    private void ArmTimer(TimeSpan wait) => timer!.Change(
        wait < LongestWait ? TimeSpan.FromMilliseconds(Math.Ceiling(Math.Max(0, wait.TotalMilliseconds))) : LongestWait,
        Timeout.InfiniteTimeSpan);

    // On a thread of timers: it stands in line at once, and goes on where the grain runs.
    private void OnTimer()
    {
        var entered = turn.WaitAsync();
        _ = Task.Factory.StartNew(() => WakeAsync(entered), CancellationToken.None, TaskCreationOptions.None, scheduler);
    }

    private async Task WakeAsync(Task entered)
    {
        await entered;
        try
        {
            if (wakeAt is { } at && at - services.Time.GetUtcNow() is var early && early > TimeSpan.Zero)
            {
                ArmTimer(early);
            }
            else if (wakeAt is not null)
            {
                wakeAt = null;
                await activation!.WakeAsync();
            }
        }
        catch (UnavailableException)
        {
            // Told where the write failed; whoever asks next loads the row.
        }
        catch (Exception failure)
        {
            LogWakeFailed(services.Logger, Key, failure);
        }
        finally
        {
            EndTurn();
        }
    }

    private void EndTurn()
    {
        if (activation is { IsIdle: false })
        {
            DelayDeactivation(KeptForEffects);
        }

        turn.Release();
    }

    [LoggerMessage(EventId = 3001, Level = LogLevel.Warning, Message = "A command to {Key} is not known to this release; a silo of a later one sent it")]
    private static partial void LogUnknownCommand(ILogger logger, string key);

    [LoggerMessage(EventId = 3002, Level = LogLevel.Error, Message = "The deadline of {Key} could not be decided")]
    private static partial void LogWakeFailed(ILogger logger, string key, Exception failure);
}
