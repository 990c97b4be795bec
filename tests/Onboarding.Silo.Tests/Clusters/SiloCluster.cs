using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Onboarding.Core.Entities;
using Onboarding.Core.Entities.Local;
using Onboarding.Core.Sessions;
using Onboarding.Core.Workloads;
using Onboarding.Core.Workloads.Addresses;
using Onboarding.Core.Workloads.Namespaces;
using Onboarding.Silo.Hosting;
using Onboarding.TestKit.Entities;
using Orleans.Configuration;
using Orleans.TestingHost;

namespace Onboarding.Silo.Tests.Clusters;

/// <summary>
/// A cluster in this process that many tests share. Each host of a test is a tenant: its entities' keys begin with its number, and it
/// brings its own store, clock and effects. The silos themselves keep real time.
/// </summary>
public abstract class SiloCluster(short silos) : IAsyncLifetime
{
    private readonly ConcurrentDictionary<string, object> tenants = new(StringComparer.Ordinal);
    private InProcessTestCluster cluster = null!;
    private int lastTenant;

    /// <summary>Grains, as a silo sees them.</summary>
    internal IGrainFactory Grains => cluster.GetSiloServiceProvider(cluster.Silos[0].SiloAddress).GetRequiredService<IGrainFactory>();

    public async Task InitializeAsync()
    {
        var builder = new InProcessTestClusterBuilder(silos);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.UseEntities();
            silo.Services.Configure<SiloMessagingOptions>(options => options.ResponseTimeout = TimeSpan.FromSeconds(60));
            silo.Services.AddLogging(logging => logging.ClearProviders());
            AddEntities<Beacon>(silo.Services);
            AddEntities<Workload>(silo.Services);
            AddEntities<Session>(silo.Services);
            AddEntities<Address>(silo.Services);
            AddEntities<PolicyNamespace>(silo.Services);
        });
        cluster = builder.Build();
        await cluster.DeployAsync();
    }

    public async Task DisposeAsync() => await cluster.DisposeAsync();

    /// <summary>A new host of one kind of entity, over rows outside the cluster.</summary>
    internal IEntityHost<TState> Start<TState>(
        EntityCodec<TState> codec,
        EntityMessages<TState> messages,
        IEntityStore store,
        Func<IEffectHandler<TState>> handler,
        TimeProvider time)
        where TState : class, IEntity<TState>
    {
        var number = Interlocked.Increment(ref lastTenant);
        var services = cluster.GetSiloServiceProvider(cluster.Silos[number % silos].SiloAddress);
        var tenant = new Tenant<TState>($"{number}/", cluster, services, codec, messages, store, handler, time);
        tenants[tenant.Prefix] = tenant;
        return tenant;
    }

    // Grains are made in a scope of their own, and know by then who they are.
    private void AddEntities<TState>(IServiceCollection services)
        where TState : class, IEntity<TState> =>
        services.AddScoped(provider =>
        {
            var key = provider.GetRequiredService<IGrainContextAccessor>().GrainContext.GrainId.Key.ToString()!;
            return ((Tenant<TState>)tenants[key[..(key.IndexOf('/', StringComparison.Ordinal) + 1)]]).Services;
        });
}

/// <summary>One silo.</summary>
public sealed class OneSilo() : SiloCluster(1);

/// <summary>Three silos: entities are where the others ask from, or are not.</summary>
public sealed class ThreeSilos() : SiloCluster(3);

[CollectionDefinition(nameof(OneSilo))]
public sealed class OneSiloTests : ICollectionFixture<OneSilo>;

[CollectionDefinition(nameof(ThreeSilos))]
public sealed class ThreeSilosTests : ICollectionFixture<ThreeSilos>;
