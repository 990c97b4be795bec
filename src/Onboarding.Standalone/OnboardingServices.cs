using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Onboarding.Core.Backup;
using Onboarding.Core.Entities;
using Onboarding.Core.Entities.Local;
using Onboarding.Core.Sessions;
using Onboarding.Core.Workloads;
using Onboarding.Core.Workloads.Addresses;
using Onboarding.Core.Workloads.Namespaces;
using Onboarding.Endpoint.Admin;
using Onboarding.Endpoint.Telemetry.Health;
using Onboarding.Standalone.Backup;
using Onboarding.Standalone.Data;
using Onboarding.Standalone.Entities;
using Onboarding.Standalone.Keys;
using Onboarding.Standalone.Sqlite;

namespace Onboarding.Standalone;

/// <summary>What stands behind the endpoint in this edition.</summary>
internal static class OnboardingServices
{
    /// <summary>The database, in the data directory.</summary>
    public const string DatabaseFile = BackupArchive.Database;

    /// <summary>This release, as it is written into databases.</summary>
    public static string Release { get; } =
        typeof(OnboardingServices).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <summary>Adds the entities and their store, kept in the data directory.</summary>
    public static IServiceCollection AddEntityHosts(this IServiceCollection services, DataDirectory data)
    {
        services.AddSingleton<StorageMetrics>();
        services.AddSingleton(provider =>
        {
            data.Touch(DatabaseFile);
            return SqliteEntityStore.Open(
                data.PathOf(DatabaseFile),
                Release,
                provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<StorageMetrics>(),
                provider.GetRequiredService<ILogger<SqliteEntityStore>>());
        });
        services.AddSingleton<IEntityStore>(provider => provider.GetRequiredService<SqliteEntityStore>());
        services.AddSingleton<IReadinessCheck, StorageReadable>();
        services.AddSingleton<StoredWorkloads>();
        services.AddEntities(Workload.Codec).AddSingleton<IEffectHandler<Workload>, WorkloadEffects>();
        services.AddEntities(Address.Codec).AddSingleton<IEffectHandler<Address>, NoEffects<Address>>();
        services.AddEntities(PolicyNamespace.Codec).AddSingleton<IEffectHandler<PolicyNamespace>, NoEffects<PolicyNamespace>>();
        services.AddEntities(Session.Codec).AddSingleton<IEffectHandler<Session>, NoEffects<Session>>();
        return services;
    }

    /// <summary>Adds what administrators may ask of this edition beside what any answers.</summary>
    public static IServiceCollection AddAdministration(this IServiceCollection services, DataDirectory data)
    {
        services.AddSingleton(data);
        services.AddSingleton<BackupWriter>();
        services.AddSingleton<IAdminCall, BackupCall>();
        services.AddSingleton<IAdminCall, RotateKeysCall>();
        return services;
    }
}
