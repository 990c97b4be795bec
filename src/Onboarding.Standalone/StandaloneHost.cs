using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Onboarding.Core.Configuration;
using Onboarding.Core.Entities.Local;
using Onboarding.Endpoint;
using Onboarding.Endpoint.Telemetry.Logs;
using Onboarding.Standalone.Data;

namespace Onboarding.Standalone;

/// <summary>The endpoint, its entities and its files in one process.</summary>
internal static class StandaloneHost
{
    private const string AdminSocket = "admin.sock";

    /// <summary>Runs until the process is told to stop.</summary>
    /// <exception cref="StartException">It cannot start.</exception>
    public static async Task RunAsync(StandaloneSettings settings, CancellationToken cancellationToken)
    {
        // The configuration is read, and its problems are told, before there is a host that could do so.
        using var logs = LoggerFactory.Create(LogOutput.Configure);
        using var data = DataDirectory.Open(settings.Data);
        await using var application = await BuildAsync(settings, data, logs, cancellationToken);
        await StartAsync(application, cancellationToken);
        await EndpointStart.WaitForShutdownAsync(application, cancellationToken);
    }

    /// <summary>Puts it together; nothing runs yet.</summary>
    /// <exception cref="StartException">The configuration is wrong, or what the data directory keeps is damaged.</exception>
    public static async Task<WebApplication> BuildAsync(StandaloneSettings settings, DataDirectory data, ILoggerFactory logs, CancellationToken cancellationToken)
    {
        var time = TimeProvider.System;
        var configuration = await EndpointStart.ReadAsync(settings.Config, () => EndpointUid.Load(data), time, logs, cancellationToken);
        var keys = SigningKeyFile.Load(data, time);
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });

        // First: hosted services stop in reverse order, and the audit stream must be the last.
        builder.AddOnboardingEndpoint(EndpointSettingsOf(settings, data, configuration.Current));
        builder.Services.AddSingleton(time);
        builder.Services.AddFiles(configuration, settings.Manifests, data.Root);
        builder.Services.AddEntityHosts(data);
        builder.Services.AddRegistries(keys);
        builder.Services.AddHostedService<NamespaceDuties>();
        builder.Services.AddHostedService<StoredWorkloadsAtStart>();
        builder.Services.AddAdministration(data);
        builder.Services.AddSingleton(NoSilosPage.Page);
        return builder.Build().MapOnboardingEndpoint();
    }

    /// <summary>Starts it: when this completes, it listens.</summary>
    /// <exception cref="StartException">It cannot start.</exception>
    public static async Task StartAsync(WebApplication application, CancellationToken cancellationToken)
    {
        try
        {
            // Before a port is open: what is stored may be of a later release.
            application.Services.GetRequiredService<IEntityStore>();
        }
        catch (InvalidOperationException impossible)
        {
            throw new StartException(impossible.Message, impossible);
        }

        await EndpointStart.StartAsync(application, cancellationToken);
    }

    private static EndpointSettings EndpointSettingsOf(StandaloneSettings settings, DataDirectory data, OnboardingOptions options) =>
        EndpointStart.SettingsOf(settings.Config, options, settings.ApiAddress, settings.PackagesAddress, settings.OperatorsAddress) with
        {
            AdminSocket = data.PathOf(AdminSocket),
        };
}
