using Microsoft.Extensions.DependencyInjection;
using Onboarding.Endpoint.Telemetry.Health;

namespace Onboarding.Silo.Partitions;

/// <summary>Lets a silo notice that it is cut off.</summary>
internal static class PartitionServiceCollectionExtensions
{
    /// <summary>Adds it; after the silo, which must run before it.</summary>
    public static IServiceCollection AddClusterContact(this IServiceCollection services)
    {
        services.AddSingleton<IClusterPaths, ClusterPaths>();
        services.AddSingleton<ClusterContact>();
        services.AddSingleton<IClusterContact>(provider => provider.GetRequiredService<ClusterContact>());
        services.AddSingleton<IReadinessCheck>(provider => provider.GetRequiredService<ClusterContact>());
        return services.AddHostedService(provider => provider.GetRequiredService<ClusterContact>());
    }
}
