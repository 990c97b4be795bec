using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Onboarding.Core.Entities;
using Onboarding.Silo.Partitions;
using Orleans.Storage;

namespace Onboarding.Silo.Entities;

/// <summary>Hosts kinds of entities as grains.</summary>
internal static class EntityServiceCollectionExtensions
{
    /// <summary>The storage provider of entities, as the configuration names it.</summary>
    public const string StorageName = "Default";

    /// <summary>Hosts one kind, over the storage provider <see cref="StorageName"/>.</summary>
    public static IServiceCollection AddEntities<TState>(this IServiceCollection services, EntityCodec<TState> codec, EntityMessages<TState> messages)
        where TState : class, IEntity<TState>
    {
        services.AddSingleton(provider => new EntityServices<TState>(
            codec,
            messages,
            provider.GetRequiredKeyedService<IGrainStorage>(StorageName),
            provider.GetRequiredService<IEffectHandler<TState>>,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<EntityGrain<TState>>>()));
        services.AddSingleton(provider => provider.GetRequiredService<EntityServices<TState>>().Activations);
        return services.AddSingleton<IEntityHost<TState>>(provider => new GrainEntityHost<TState>(
            codec.Kind,
            messages,
            provider.GetRequiredService<IGrainFactory>(),
            provider.GetRequiredService<IClusterContact>(),
            provider.GetRequiredService<ILogger<GrainEntityHost<TState>>>()));
    }
}
