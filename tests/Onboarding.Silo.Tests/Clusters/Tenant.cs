using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Onboarding.Core.Entities;
using Onboarding.Core.Entities.Local;
using Onboarding.Silo.Entities;
using Onboarding.Silo.Partitions;
using Orleans.Storage;
using Orleans.TestingHost;

namespace Onboarding.Silo.Tests.Clusters;

/// <summary>A host in a cluster that tests share. When it ends, its store is away for its grains, which then go.</summary>
internal sealed class Tenant<TState> : IEntityHost<TState>, IGrainStorage, IEffectHandler<TState>, IAsyncDisposable
    where TState : class, IEntity<TState>
{
    private readonly ConcurrentDictionary<GrainId, bool> activated = new();
    private readonly InProcessTestCluster cluster;
    private readonly IEntityStore store;
    private readonly Lazy<IEffectHandler<TState>> handler;
    private readonly GrainEntityHost<TState> host;
    private volatile bool hasEnded;

    public Tenant(
        string prefix,
        InProcessTestCluster cluster,
        IServiceProvider silo,
        EntityCodec<TState> codec,
        EntityMessages<TState> messages,
        IEntityStore store,
        Func<IEffectHandler<TState>> handler,
        TimeProvider time)
    {
        Prefix = prefix;
        this.cluster = cluster;
        this.store = store;
        this.handler = new Lazy<IEffectHandler<TState>>(handler);
        Services = new EntityServices<TState>(codec, messages, this, () => this, time, NullLogger.Instance);
        host = new GrainEntityHost<TState>(codec.Kind, messages, silo.GetRequiredService<IGrainFactory>(), new UnbrokenContact(), NullLogger<GrainEntityHost<TState>>.Instance);
    }

    public string Prefix { get; }

    public EntityServices<TState> Services { get; }

    public ValueTask<TReply> AskAsync<TReply>(string key, ICommand<TState, TReply> command, CancellationToken cancellationToken = default) =>
        hasEnded ? throw new UnavailableException("the host has ended") : host.AskAsync(Prefix + key, command, cancellationToken);

    public ValueTask HandleAsync(string key, Effect effect, CancellationToken cancellationToken) =>
        handler.Value.HandleAsync(key[Prefix.Length..], effect, cancellationToken);

    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        ThrowIfEnded();
        activated[grainId] = true;
        if (await store.ReadAsync(stateName, KeyOf(grainId)) is { } row)
        {
            grainState.State = (T)(object)new GrainRow { Json = row.Value };
            Note(grainState, row.Version);
        }
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        ThrowIfEnded();
        Note(grainState, await store.WriteAsync(stateName, KeyOf(grainId), VersionOf(grainState), ((GrainRow)(object)grainState.State!).Json.ToArray()));
    }

    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        ThrowIfEnded();
        Note(grainState, await store.WriteAsync(stateName, KeyOf(grainId), VersionOf(grainState), null));
    }

    public async ValueTask DisposeAsync()
    {
        hasEnded = true;
        foreach (var grain in activated.Keys)
        {
            await cluster.DeactivateAsync(grain);
        }
    }

    private static long VersionOf<T>(IGrainState<T> state) => state.ETag is { } version ? long.Parse(version, CultureInfo.InvariantCulture) : 0;

    private static void Note<T>(IGrainState<T> state, long version)
    {
        state.RecordExists = version != 0;
        state.ETag = version == 0 ? null! : version.ToString(CultureInfo.InvariantCulture);
    }

    private string KeyOf(GrainId grain) => grain.Key.ToString()![Prefix.Length..];

    private void ThrowIfEnded()
    {
        if (hasEnded)
        {
            throw new IOException("the host has ended");
        }
    }

    private sealed class UnbrokenContact : IClusterContact
    {
        public bool IsLost => false;
    }
}
