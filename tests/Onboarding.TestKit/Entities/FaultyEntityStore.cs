using Onboarding.Core.Entities.Local;

namespace Onboarding.TestKit.Entities;

/// <summary>A store that fails and waits when a test says so; the rows are another's.</summary>
public sealed class FaultyEntityStore(IEntityStore inner) : IEntityStore
{
    private int writes;
    private WriteFault nextFault;
    private TaskCompletionSource? release;
    private TaskCompletionSource arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>How many writes have been asked for.</summary>
    public int Writes => Volatile.Read(ref writes);

    /// <summary>Whether nothing can be read or written.</summary>
    public bool IsDown { get; set; }

    /// <summary>The next write fails, once.</summary>
    public void FailNextWrite(WriteFault fault) => nextFault = fault;

    /// <summary>Writes wait until <see cref="Release"/>.</summary>
    /// <returns>Completes when one has arrived and waits.</returns>
    public Task HoldWrites()
    {
        release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return arrived.Task;
    }

    /// <summary>Lets the writes that wait go on.</summary>
    public void Release()
    {
        var held = release;
        release = null;
        held?.SetResult();
    }

    /// <inheritdoc/>
    public ValueTask<EntityRow?> ReadAsync(string kind, string key, CancellationToken cancellationToken = default)
    {
        ThrowIfDown();
        return inner.ReadAsync(kind, key, cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<long> WriteAsync(string kind, string key, long version, byte[]? value)
    {
        Interlocked.Increment(ref writes);
        var fault = nextFault;
        nextFault = WriteFault.None;
        if (release is { } held)
        {
            arrived.TrySetResult();
            await held.Task;
        }

        ThrowIfDown();
        if (fault == WriteFault.BeforeItIsStored)
        {
            throw new IOException("injected: not stored");
        }

        var written = await inner.WriteAsync(kind, key, version, value);
        return fault == WriteFault.AfterItIsStored ? throw new IOException("injected: stored, but the reply is lost") : written;
    }

    private void ThrowIfDown()
    {
        if (IsDown)
        {
            throw new IOException("injected: the store is down");
        }
    }
}

/// <summary>How a write fails.</summary>
public enum WriteFault
{
    /// <summary>It does not.</summary>
    None,

    /// <summary>Nothing is stored.</summary>
    BeforeItIsStored,

    /// <summary>It is stored, and the reply is lost.</summary>
    AfterItIsStored,
}
