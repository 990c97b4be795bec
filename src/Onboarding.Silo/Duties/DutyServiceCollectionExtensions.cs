using Microsoft.Extensions.DependencyInjection;

namespace Onboarding.Silo.Duties;

/// <summary>Runs the namespaces' duties in the cluster.</summary>
internal static class DutyServiceCollectionExtensions
{
    /// <summary>Adds what their grains need, and this silo's keeper; after the silo, which must run before it.</summary>
    public static IServiceCollection AddDuties(this IServiceCollection services)
    {
        services.AddSingleton<DutyServices>();
        services.AddSingleton(provider => provider.GetRequiredService<DutyServices>().Activations);
        return services.AddHostedService<NamespaceKeeper>();
    }
}
