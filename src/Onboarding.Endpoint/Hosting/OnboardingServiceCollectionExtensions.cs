using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Onboarding.Attestation.Aws;
using Onboarding.Attestation.Oidc;
using Onboarding.Core.Configuration;
using Onboarding.Core.Policy;
using Onboarding.Core.Resources;
using Onboarding.Core.Sessions;
using Onboarding.Core.Workloads;
using Onboarding.Core.Workloads.Addresses;
using Onboarding.Core.Workloads.Namespaces;
using Onboarding.Endpoint.Admin;
using Onboarding.Endpoint.Admin.Calls;
using Onboarding.Endpoint.Configuration;
using Onboarding.Endpoint.Listeners;
using Onboarding.Endpoint.Manifests;

namespace Onboarding.Endpoint.Hosting;

/// <summary>What stands behind the endpoint in every edition; entities and their hosts are the edition's.</summary>
internal static class OnboardingServiceCollectionExtensions
{
    /// <summary>Adds what comes from files and goes to files: configuration, manifests, registrations.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configuration">The ControlPlane file.</param>
    /// <param name="manifests">The directory of manifests.</param>
    /// <param name="data">The directory below which registrations are written.</param>
    public static IServiceCollection AddFiles(this IServiceCollection services, ControlPlaneFile configuration, string manifests, string data)
    {
        services.AddSingleton<IOptionsSource>(configuration);
        services.AddHostedService(_ => configuration);
        services.AddSingleton(_ => new DeniedListFile(configuration.File));
        services.AddSingleton(provider => new DirectoryResourceSource(
            manifests, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<DirectoryResourceSource>>()));
        services.AddSingleton<IResourceSource>(provider => provider.GetRequiredService<DirectoryResourceSource>());
        services.AddHostedService(provider => provider.GetRequiredService<DirectoryResourceSource>());
        services.AddSingleton<IRegistrationSink>(provider => new DirectoryRegistrationSink(
            data, provider.GetRequiredService<IOptionsSource>(), provider.GetRequiredService<ILogger<DirectoryRegistrationSink>>()));
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
        services.AddSingleton<GroupCensus>();
        services.AddSingleton<HeldRemovals>();
        services.AddSingleton<RemovalBrake>();
        services.AddSingleton<RolloutTurns>();
        services.AddSingleton<ISessionRegistry, SessionRegistry>();
        services.AddSingleton<IWorkloadRegistry, WorkloadRegistry>();
        services.AddSingleton<IWorkloadAdministration, WorkloadAdministration>();
        services.AddSingleton<IAdminCall, SuspendWorkloadCall>();
        services.AddSingleton<IAdminCall, ListGroupsCall>();
        services.AddSingleton<IAdminCall, DescribeGroupCall>();
        services.AddSingleton<IAdminCall, DenyCall>();
        services.AddSingleton<IAdminCall, AllowCall>();
        services.AddSingleton<NamespaceDuty>();
        services.AddOidcAttestation();
        services.AddAwsAttestation();
        return services;
    }
}
