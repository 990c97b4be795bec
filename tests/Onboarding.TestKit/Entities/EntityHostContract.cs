using System.Text;
using Onboarding.Core.Entities;
using Onboarding.Core.Entities.Local;
using Onboarding.TestKit.Time;
using Shouldly;
using Xunit;

namespace Onboarding.TestKit.Entities;

/// <summary>
/// What every host of entities promises. A host's tests inherit from <see cref="EntityHostWriteContract"/>,
/// <see cref="EntityHostLeaseContract"/> and <see cref="EntityHostEffectContract"/>; here is what those share.
/// </summary>
public abstract class EntityHostContract : IAsyncLifetime
{
    private readonly List<IAsyncDisposable> started = [];

    /// <summary>The key of the beacon under test.</summary>
    protected const string Key = "north";

    /// <summary>The clock of hosts that are given no other.</summary>
    protected FakeTimeProvider Time { get; } = new();

    /// <summary>The rows, which outlive hosts, with faults at hand.</summary>
    protected FaultyEntityStore Store { get; private set; } = null!;

    /// <summary>Does the effects of hosts that are given no other.</summary>
    protected RecordingEffects<Beacon> Effects { get; } = new();

    /// <inheritdoc/>
    public virtual Task InitializeAsync()
    {
        Store = new FaultyEntityStore(OpenStore());
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public virtual async Task DisposeAsync()
    {
        Store.Release();
        Effects.Release();
        foreach (var host in started)
        {
            await host.DisposeAsync();
        }
    }

    /// <summary>Whether a question stands in line when the call returns; not so where it first travels.</summary>
    protected virtual bool StandsInLineAtOnce => true;

    /// <summary>The store below the host.</summary>
    protected abstract IEntityStore OpenStore();

    /// <summary>A new host over that store: after another, as a restarted process; beside another, as a second one.</summary>
    protected abstract IEntityHost<Beacon> NewHost(IEntityStore store, IEffectHandler<Beacon> effects, TimeProvider time);

    /// <summary>A new host over <see cref="Store"/>. An earlier one that the test no longer asks is as good as dead.</summary>
    protected IEntityHost<Beacon> Start(FakeTimeProvider? time = null, RecordingEffects<Beacon>? effects = null)
    {
        var host = NewHost(Store, effects ?? Effects, time ?? Time);
        if (host is IAsyncDisposable disposable)
        {
            started.Add(disposable);
        }

        return host;
    }

    /// <summary>What is stored of the beacon; null: no row.</summary>
    protected async Task<StoredEntity<Beacon>?> ReadRowAsync() =>
        await Store.ReadAsync(Beacon.Codec.Kind, Key) is { } row ? Beacon.Codec.Decode(row.Value) : null;

    /// <summary>Writes the beacon's row past every host.</summary>
    protected async Task WriteRowAsync(string json)
    {
        var version = (await Store.ReadAsync(Beacon.Codec.Kind, Key))?.Version ?? 0;
        await Store.WriteAsync(Beacon.Codec.Kind, Key, version, Encoding.UTF8.GetBytes(json));
    }

    /// <summary>Moves fake time on until something has happened that also waits for other threads.</summary>
    protected async Task AdvanceUntilAsync(Func<Task<bool>> happened, TimeSpan step)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!await happened())
        {
            TimeProvider.System.GetElapsedTime(began).ShouldBeLessThan(TimeSpan.FromSeconds(30), "it never happened");
            Time.Advance(step);
            await Task.Yield();
        }
    }

    /// <summary>Asks for something that must be unavailable.</summary>
    protected static async Task ShouldBeUnavailableAsync<TReply>(ValueTask<TReply> asked) =>
        await Should.ThrowAsync<UnavailableException>(asked.AsTask());
}
