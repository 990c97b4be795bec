using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Onboarding.Core.Entities;
using Onboarding.Core.Entities.Local;

namespace Onboarding.Standalone.Entities;

/// <summary>Hosts kinds of entities in this process.</summary>
internal static class EntityServices
{
    /// <summary>Hosts one kind, over the process's <see cref="IEntityStore"/>.</summary>
    public static IServiceCollection AddEntities<TState>(this IServiceCollection services, EntityCodec<TState> codec)
        where TState : class, IEntity<TState> =>
        services.AddSingleton<IEntityHost<TState>>(provider => new LocalEntityHost<TState>(
            codec,
            provider.GetRequiredService<IEntityStore>(),
            provider.GetRequiredService<IEffectHandler<TState>>,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<LocalEntityHost<TState>>>()));
}
