using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Onboarding.Core.Entities;
using Orleans.Storage;

namespace Onboarding.Silo.Entities;

/// <summary>What the grains of one kind of entity need.</summary>
/// <param name="Codec">The stored form; its kind is the grain type and the state's name.</param>
/// <param name="Messages">The form of commands and replies.</param>
/// <param name="Storage">Where the rows are.</param>
/// <param name="Handler">What does the effects; asked late, since a handler usually needs hosts itself.</param>
/// <param name="Time">The clock of deadlines and retries.</param>
/// <param name="Logger">Where failures are told.</param>
internal sealed record EntityServices<TState>(
    EntityCodec<TState> Codec,
    EntityMessages<TState> Messages,
    IGrainStorage Storage,
    Func<IEffectHandler<TState>> Handler,
    TimeProvider Time,
    ILogger Logger)
    where TState : class, IEntity<TState>;

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
        return services.AddSingleton<IEntityHost<TState>>(provider => new GrainEntityHost<TState>(
            codec.Kind, messages, provider.GetRequiredService<IGrainFactory>(), provider.GetRequiredService<ILogger<GrainEntityHost<TState>>>()));
    }
}
