using Microsoft.Extensions.DependencyInjection;
using Onboarding.Core.Workloads;

namespace Onboarding.Silo.Members;

/// <summary>Tells operators of the cluster's members.</summary>
internal static class MemberServiceCollectionExtensions
{
    /// <summary>Adds the page, and what it asks; after the registries, one of which it stands before.</summary>
    public static IServiceCollection AddMembers(this IServiceCollection services)
    {
        services.AddSingleton<WorkloadRegistry>();
        services.AddSingleton<ServedAgents>();
        services.AddSingleton<IWorkloadRegistry>(provider => provider.GetRequiredService<ServedAgents>());
        services.AddSingleton<SiloReporters>();
        services.AddSingleton<SilosPage>();
        return services.AddSingleton(provider => provider.GetRequiredService<SilosPage>().Page);
    }
}
