using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Onboarding.Core.Entities;
using Onboarding.Core.Sessions;
using Onboarding.Core.Workloads;
using Onboarding.Core.Workloads.Addresses;
using Onboarding.Core.Workloads.Namespaces;
using Onboarding.Endpoint;
using Onboarding.Endpoint.Configuration;
using Onboarding.Endpoint.Telemetry.Health;
using Onboarding.Endpoint.Telemetry.Logs;
using Onboarding.Silo.Commands;
using Onboarding.Silo.Draining;
using Onboarding.Silo.Duties;
using Onboarding.Silo.Entities;
using Onboarding.Silo.Keys;
using Onboarding.Silo.Members;
using Onboarding.Silo.Partitions;
using Onboarding.Silo.Providers;
using Onboarding.Silo.Readiness;
using Onboarding.Silo.Storage;
using Orleans.Configuration;

namespace Onboarding.Silo.Hosting;

/// <summary>The endpoint and a silo in one process: no gateway, and no client but the endpoint itself.</summary>
internal static class SiloHost
{
    /// <summary>Runs until the process is told to stop.</summary>
    /// <exception cref="StartException">It cannot start.</exception>
    public static async Task RunAsync(SiloSettings settings, CancellationToken cancellationToken)
    {
        // The configuration is read, and its problems are told, before there is a host that could do so.
        using var logs = LoggerFactory.Create(LogOutput.Configure);
        await using var application = await BuildAsync(settings, logs, cancellationToken);
        SiloPort.RefuseTaken(EndpointsOf(application));
        await StoragePreflight.RunAsync(application.Configuration, cancellationToken);
        await EndpointStart.StartAsync(application, cancellationToken);
        await EndpointStart.WaitForShutdownAsync(application, cancellationToken);
    }

    /// <summary>Puts it together; nothing runs yet.</summary>
    /// <exception cref="StartException">The configuration is wrong.</exception>
    public static async Task<WebApplication> BuildAsync(SiloSettings settings, ILoggerFactory logs, CancellationToken cancellationToken)
    {
        var time = TimeProvider.System;
        var configuration = await EndpointStart.ReadAsync(settings.Config, RefuseWithoutUid, time, logs, cancellationToken);
        var mounted = new MountedSigningKeys(settings.Keys, time);
        var keys = mounted.Load();
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = Path.GetDirectoryName(Path.GetFullPath(settings.Config)) });

        // First: hosted services stop in reverse order, and the audit stream must be the last.
        builder.AddOnboardingEndpoint(EndpointSettingsOf(settings, configuration));
        builder.Logging.AddFilter("Orleans", LogLevel.Warning);
        builder.Logging.AddFilter(typeof(SiloReporter).FullName, LogLevel.Warning);
        builder.Services.AddSingleton(time);
        builder.Services.AddFiles(configuration, settings.Manifests, settings.Data);
        AddSilo(builder, settings);
        builder.Services.AddRegistries(keys);
        builder.Services.AddSingleton(mounted).AddHostedService<SigningKeyReload>();
        builder.Services.AddDuties();
        builder.Services.AddMembers();
        builder.Services.AddClusterContact();
        builder.AddDraining();
        var application = builder.Build();
        RefuseOpenSilo(application, settings);
        application.Use(application.Services.GetRequiredService<ClientsElsewhere>().InvokeAsync);
        return application.MapOnboardingEndpoint();
    }

    private static void AddSilo(WebApplicationBuilder builder, SiloSettings settings)
    {
        SiloConfiguration.RefuseWithoutProviders(builder.Configuration);
        StorageConnections.RefuseOpen(builder.Configuration);
        builder.UseOrleans(silo =>
        {
            silo.UseEntities();
            silo.UseConfiguration(builder.Configuration);
            silo.UseProviders();
            silo.AddGrainService<SiloReporter>();
            if (settings.SiloTls is { } directory)
            {
                silo.UseMutualTls(directory, SiloConfiguration.ClusterIdOf(builder.Configuration));
            }
        });
        builder.Services.AddEntities(Workload.Codec, Workload.Messages).AddSingleton<IEffectHandler<Workload>, WorkloadEffects>();
        builder.Services.AddEntities(Address.Codec, Address.Messages).AddSingleton<IEffectHandler<Address>, NoEffects<Address>>();
        builder.Services.AddEntities(PolicyNamespace.Codec, PolicyNamespace.Messages).AddSingleton<IEffectHandler<PolicyNamespace>, NoEffects<PolicyNamespace>>();
        builder.Services.AddEntities(Session.Codec, Session.Messages).AddSingleton<IEffectHandler<Session>, NoEffects<Session>>();
        builder.Services.AddSingleton<IReadinessCheck, SiloIsActive>();
        builder.Services.AddSingleton<IReadinessCheck, MembershipIsWatched>();
        builder.Services.AddSingleton<IReadinessCheck, StorageReadable>();
    }

    private static string RefuseWithoutUid() =>
        throw new StartException("the configuration is wrong\nspec.meshExpansion.onboarding.uid: is required here, since all silos answer to it") { ExitCode = ExitCodes.Misconfigured };

    // Whoever reaches a silo's port without proof of belonging to the cluster could ask any entity anything.
    private static void RefuseOpenSilo(WebApplication application, SiloSettings settings)
    {
        var endpoints = EndpointsOf(application);
        var listening = SiloPort.ListeningOf(endpoints).Address;
        if (settings.SiloTls is null && !(IPAddress.IsLoopback(endpoints.AdvertisedIPAddress) && IPAddress.IsLoopback(listening)))
        {
            throw new StartException($"silos may meet at {listening} only with certificates: give --silo-tls DIR, or stay on loopback (Orleans__Endpoints__AdvertisedIPAddress=127.0.0.1)")
            {
                ExitCode = ExitCodes.Misconfigured,
            };
        }
    }

    private static EndpointOptions EndpointsOf(WebApplication application) => application.Services.GetRequiredService<IOptions<EndpointOptions>>().Value;

    private static EndpointSettings EndpointSettingsOf(SiloSettings settings, ControlPlaneFile configuration) =>
        EndpointStart.SettingsOf(settings.Config, configuration.Current, settings.ApiAddress, settings.PackagesAddress, settings.OperatorsAddress) with
        {
            AdminSocket = settings.AdminSocket,
        };
}
