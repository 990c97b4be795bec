using Microsoft.Extensions.Logging;

namespace Onboarding.Core.Entities.Local;

/// <summary>One key of a <see cref="LocalEntityHost{TState}"/>: its turns, its row's version and its wake.</summary>
internal sealed partial class LocalActivation<TState>(string key, LocalEntityHost<TState> owner) : Wakeable, IActivationHost<TState>, IAsyncDisposable
    where TState : class, IEntity<TState>
{
    private const int Retired = -1;
    private static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(2);

    private readonly SemaphoreSlim turn = new(1, 1);
    private readonly Lock gate = new();
    private Activation<TState>? activation;
    private long version;
    private int users;
    private DateTimeOffset? wakeAt;
    private DateTimeOffset lastAsked;

    public string Key => key;

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

        await turn.WaitAsync(cancellationToken);
        try
        {
            activation ??= await LoadAsync();
            return await activation.AskAsync(command);
        }
        finally
        {
            KeepOrLookAgain(owner.Time.GetUtcNow());
            turn.Release();
        }
    }

    public override void Wake() => _ = WakeAsync();

    public async ValueTask WriteAsync(StoredEntity<TState>? row) =>
        version = await owner.Store.WriteAsync(owner.Codec.Kind, key, version, row is null ? null : owner.Codec.Encode(row));

    public void WakeAt(DateTimeOffset at)
    {
        lock (gate)
        {
            wakeAt = at;
            owner.Wakes.Set(this, at);
        }
    }

    // Whoever waits for a turn still finds the activation that has ended, and is told so.
    public void Drop() => owner.Forget(this);

    public async ValueTask DisposeAsync()
    {
        await turn.WaitAsync();
        var ended = activation;
        turn.Release();
        if (ended is not null)
        {
            await ended.DisposeAsync();
        }
    }

    private async ValueTask SettleAsync(CancellationToken cancellationToken)
    {
        Task settled;
        await turn.WaitAsync(cancellationToken);
        try
        {
            activation ??= await LoadAsync();
            settled = activation.SettledAsync();
        }
        finally
        {
            turn.Release();
        }

        await settled.WaitAsync(cancellationToken);
    }

    private async Task WakeAsync()
    {
        await turn.WaitAsync();
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
            turn.Release();
        }
    }

    private bool IsEvictable
    {
        get
        {
            lock (gate)
            {
                return wakeAt is null && activation is not { IsIdle: false } && owner.Time.GetUtcNow() - lastAsked >= KeptFor;
            }
        }
    }

    private bool TakeWake()
    {
        lock (gate)
        {
            var isDue = wakeAt <= owner.Time.GetUtcNow();
            wakeAt = isDue ? null : wakeAt;
            return isDue;
        }
    }

    // What has no deadline is looked at again when it may have become idle.
    private void KeepOrLookAgain(DateTimeOffset asked)
    {
        lock (gate)
        {
            lastAsked = asked;
            if (wakeAt is null && Due is null)
            {
                var idleAt = asked + KeptFor;
                var now = owner.Time.GetUtcNow();
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
