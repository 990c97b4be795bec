using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Onboarding.Attestation.Oidc;
using Onboarding.Core.Configuration;
using Onboarding.Core.Entities;
using Onboarding.Core.Entities.Local;
using Onboarding.Core.Policy;
using Onboarding.Core.Resources;
using Onboarding.Core.Sessions;
using Onboarding.Core.Workloads;
using Onboarding.Core.Workloads.Addresses;
using Onboarding.Endpoint.Configuration;
using Onboarding.Endpoint.Listeners;
using Onboarding.Endpoint.Manifests;
using Onboarding.Standalone.Data;
using Onboarding.Standalone.Entities;
using Onboarding.Standalone.Sqlite;

namespace Onboarding.Standalone;

/// <summary>What stands behind the endpoint in this edition.</summary>
internal static class OnboardingServices
{
    private const string DatabaseFile = "entities.db";

    /// <summary>This release, as it is written into databases.</summary>
    public static string Release { get; } =
        typeof(OnboardingServices).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <summary>Adds what comes from files and goes to files: configuration, manifests, registrations.</summary>
    public static IServiceCollection AddFiles(this IServiceCollection services, ControlPlaneFile configuration, string manifests, DataDirectory data)
    {
        services.AddSingleton<IOptionsSource>(configuration);
        services.AddHostedService(_ => configuration);
        services.AddSingleton(provider => new DirectoryResourceSource(
            manifests, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<DirectoryResourceSource>>()));
        services.AddSingleton<IResourceSource>(provider => provider.GetRequiredService<DirectoryResourceSource>());
        services.AddHostedService(provider => provider.GetRequiredService<DirectoryResourceSource>());
        services.AddSingleton<IRegistrationSink>(provider => new DirectoryRegistrationSink(
            data.Root, provider.GetRequiredService<IOptionsSource>(), provider.GetRequiredService<ILogger<DirectoryRegistrationSink>>()));
        return services;
    }

    /// <summary>Adds the entities and their store, kept in the data directory.</summary>
    public static IServiceCollection AddEntityHosts(this IServiceCollection services, DataDirectory data)
    {
        services.AddSingleton<StorageMetrics>();
        services.AddSingleton<IEntityStore>(provider =>
        {
            data.Touch(DatabaseFile);
            return SqliteEntityStore.Open(
                data.PathOf(DatabaseFile),
                Release,
                provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<StorageMetrics>(),
                provider.GetRequiredService<ILogger<SqliteEntityStore>>());
        });
        services.AddEntities(Workload.Codec).AddSingleton<IEffectHandler<Workload>, WorkloadEffects>();
        services.AddEntities(Address.Codec).AddSingleton<IEffectHandler<Address>, NoEffects<Address>>();
        services.AddEntities(Session.Codec).AddSingleton<IEffectHandler<Session>, NoEffects<Session>>();
        return services;
    }

    /// <summary>Adds policies, credentials, sessions and workloads.</summary>
    public static IServiceCollection AddRegistries(this IServiceCollection services, SigningKeySet keys)
    {
        services.AddSingleton(new SigningKeys(keys));
        services.AddSingleton<IChallengeKeys>(provider => provider.GetRequiredService<SigningKeys>());
        services.AddSingleton(new InstanceName(Environment.MachineName));
        services.AddSingleton<IEndpointAddresses, MachineAddresses>();
        services.AddSingleton<ISidecarTokenSource, NoSidecarTokens>();
        services.AddSingleton<IPolicyCatalog, PolicyCatalog>();
        services.AddSingleton<ISessionRegistry, SessionRegistry>();
        services.AddSingleton<IWorkloadRegistry, WorkloadRegistry>();
        services.AddSingleton<NamespaceDuty>();
        services.AddHostedService<NamespaceDuties>();
        services.AddOidcAttestation();
        return services;
    }
}
