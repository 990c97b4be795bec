using Microsoft.Extensions.Logging;

namespace Onboarding.Core.Entities.Local;

/// <summary>One key of a <see cref="LocalEntityHost{TState}"/>: its turns, its row's version and its wake.</summary>
internal sealed partial class LocalActivation<TState>(string key, LocalEntityHost<TState> owner) : Wakeable, IActivationHost<TState>, IAsyncDisposable
    where TState : class, IEntity<TState>
{
    private const int Retired = -1;
    private static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(2);

    // Also the lock of what is below; one object for each activation is enough.
    private readonly Turns turns = new();
    private Activation<TState>? activation;
    private long version;
    private int users;
    private DateTime wakeAt = Never;
    private DateTime lastAsked;

    public string Key => key;

    private DateTime Now => owner.Time.GetUtcNow().UtcDateTime;

    /// <summary>Counts somebody who asks; false: it has just been evicted.</summary>
    public bool TryEnter()
    {
        for (var seen = Volatile.Read(ref users); seen != Retired; seen = Volatile.Read(ref users))
        {
            if (Interlocked.CompareExchange(ref users, seen + 1, seen) == seen)
            {
                return true;
            }
        }

        return false;
    }

    public void Leave() => Interlocked.Decrement(ref users);

    public async ValueTask<TReply> AskAsync<TReply>(ICommand<TState, TReply> command, CancellationToken cancellationToken)
    {
        if (command.IsAfterEffects)
        {
            await SettleAsync(cancellationToken);
        }

        await turns.BeginAsync(cancellationToken);
        try
        {
            activation ??= await LoadAsync();
            return await activation.AskAsync(command);
        }
        finally
        {
            KeepOrLookAgain(Now);
            turns.End();
        }
    }

    public override void Wake() => _ = WakeAsync();

    public async ValueTask WriteAsync(StoredEntity<TState>? row) =>
        version = await owner.Store.WriteAsync(owner.Codec.Kind, key, version, row is null ? null : owner.Codec.Encode(row));

    public void WakeAt(DateTimeOffset at)
    {
        lock (turns)
        {
            wakeAt = at.UtcDateTime;
            owner.Wakes.Set(this, wakeAt);
        }
    }

    // Whoever waits for a turn still finds the activation that has ended, and is told so.
    public void Drop() => owner.Forget(this);

    public async ValueTask DisposeAsync()
    {
        await turns.BeginAsync();
        var ended = activation;
        turns.End();
        if (ended is not null)
        {
            await ended.DisposeAsync();
        }
    }

    private async ValueTask SettleAsync(CancellationToken cancellationToken)
    {
        Task settled;
        await turns.BeginAsync(cancellationToken);
        try
        {
            activation ??= await LoadAsync();
            settled = activation.SettledAsync();
        }
        finally
        {
            turns.End();
        }

        await settled.WaitAsync(cancellationToken);
    }

    private async Task WakeAsync()
    {
        await turns.BeginAsync();
        try
        {
            if (TakeWake())
            {
                await activation!.WakeAsync();
            }

            if (IsEvictable && Interlocked.CompareExchange(ref users, Retired, 0) == 0)
            {
                owner.Forget(this);
                return;
            }

            KeepOrLookAgain(lastAsked);
        }
        catch (UnavailableException)
        {
            // Told where the write failed; whoever asks next loads the row.
        }
        catch (Exception failure)
        {
            LogWakeFailed(owner.Logger, key, failure);
        }
        finally
        {
            turns.End();
        }
    }

    private bool IsEvictable
    {
        get
        {
            lock (turns)
            {
                return wakeAt == Never && activation is not { IsIdle: false } && Now - lastAsked >= KeptFor;
            }
        }
    }

    private bool TakeWake()
    {
        lock (turns)
        {
            var isDue = wakeAt <= Now;
            wakeAt = isDue ? Never : wakeAt;
            return isDue;
        }
    }

    // What has no deadline is looked at again when it may have become idle.
    private void KeepOrLookAgain(DateTime asked)
    {
        lock (turns)
        {
            lastAsked = asked;
            if (wakeAt == Never && !IsWaiting)
            {
                var idleAt = asked + KeptFor;
                var now = Now;
                owner.Wakes.Set(this, idleAt > now ? idleAt : now + KeptFor);
            }
        }
    }

    private async ValueTask<Activation<TState>> LoadAsync()
    {
        try
        {
            var row = await owner.Store.ReadAsync(owner.Codec.Kind, key);
            version = row?.Version ?? 0;
            var loaded = new Activation<TState>(key, row is null ? null : owner.Codec.Decode(row.Value), this, owner.Handler, owner.Time, owner.Logger);
            loaded.Start();
            return loaded;
        }
        catch (Exception failure)
        {
            LogLoadFailed(owner.Logger, key, failure);
            throw new UnavailableException($"the row of {key} could not be read", failure);
        }
    }

    [LoggerMessage(EventId = 1201, Level = LogLevel.Error, Message = "The row of {Key} could not be read; it is left as it is, and its entity is unavailable")]
    private static partial void LogLoadFailed(ILogger logger, string key, Exception failure);

    [LoggerMessage(EventId = 1202, Level = LogLevel.Error, Message = "The deadline of {Key} could not be decided")]
    private static partial void LogWakeFailed(ILogger logger, string key, Exception failure);
}
