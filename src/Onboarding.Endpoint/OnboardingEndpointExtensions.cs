using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Onboarding.Attestation.Challenges;
using Onboarding.Core.Audit;
using Onboarding.Endpoint.Admin;
using Onboarding.Endpoint.Admin.Calls;
using Onboarding.Endpoint.Api;
using Onboarding.Endpoint.Api.Calls;
using Onboarding.Endpoint.Api.Documents;
using Onboarding.Endpoint.Api.Limits;
using Onboarding.Endpoint.Api.Opening;
using Onboarding.Endpoint.Listeners;
using Onboarding.Endpoint.Operators;
using Onboarding.Endpoint.Packages;
using Onboarding.Endpoint.Telemetry.Audit;
using Onboarding.Endpoint.Telemetry.Health;
using Onboarding.Endpoint.Telemetry.Logs;
using Onboarding.Endpoint.Telemetry.Metrics;
using Onboarding.Endpoint.Tls;

namespace Onboarding.Endpoint;

/// <summary>Puts the endpoint into a host.</summary>
public static class OnboardingEndpointExtensions
{
    /// <summary>
    /// Adds the endpoint: its listeners, the API, the operators' port, the administrators' socket, logs, metrics and the audit stream.
    /// Call it before anything is added that writes audit records: hosted services stop in reverse order, and the stream must be the last.
    /// The host registers <see cref="Core.Configuration.IOptionsSource"/>, <see cref="Core.Policy.IPolicyCatalog"/>,
    /// <see cref="Core.Sessions.ISessionRegistry"/>, <see cref="Core.Sessions.IChallengeKeys"/>, <see cref="Core.Workloads.IWorkloadRegistry"/>,
    /// any number of <see cref="Attestation.ICredentialVerifier"/> and <see cref="Attestation.IClaimVerifier"/>, and, where it has any, more <see cref="IReadinessCheck"/> and <see cref="OperatorsPage"/>.
    /// </summary>
    public static WebApplicationBuilder AddOnboardingEndpoint(this WebApplicationBuilder builder, EndpointSettings settings)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(settings);
        LogOutput.Configure(builder.Logging);
        builder.Services.AddSingleton(settings);
        builder.Services.TryAddSingleton(TimeProvider.System);
        AddTelemetry(builder.Services, settings);
        AddListeners(builder.Services);
        AddAdministration(builder.Services);
        AddApi(builder.Services);
        AddSessionSteps(builder.Services);
        return builder;
    }

    /// <summary>Serves the endpoint on its listeners.</summary>
    public static WebApplication MapOnboardingEndpoint(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.Services.GetRequiredService<TlsMetrics>();
        app.Run(app.Services.GetRequiredService<ListenerDispatcher>().InvokeAsync);
        return app;
    }

    private static void AddTelemetry(IServiceCollection services, EndpointSettings settings)
    {
        services.AddSingleton<IAuditSink>(_ => settings.AuditFile is { } file
            ? new FileAuditSink(file)
            : new StreamAuditSink(Console.OpenStandardOutput()));
        services.AddSingleton<AuditTrail>();
        services.AddSingleton<IAuditTrail>(provider => provider.GetRequiredService<AuditTrail>());
        services.AddHostedService(provider => provider.GetRequiredService<AuditTrail>());
        services.AddSingleton<IMetricsExposition, PrometheusExposition>();
        services.AddSingleton<IReadinessCheck, ResourcesListed>();
        services.AddSingleton<HealthPages>();
        services.AddSingleton(provider => provider.GetRequiredService<HealthPages>().LivePage);
        services.AddSingleton(provider => provider.GetRequiredService<HealthPages>().ReadyPage);
        services.AddSingleton(provider =>
        {
            var exposition = provider.GetRequiredService<IMetricsExposition>();
            return new OperatorsPage("/metrics", http => exposition.WriteAsync(http.Response, http.RequestAborted));
        });
        if (!string.IsNullOrEmpty(Environment.GetEnvironmentVariable(OtlpExport.EndpointVariable)))
        {
            services.AddHostedService<OtlpExport>();
        }
    }

    private static void AddListeners(IServiceCollection services)
    {
        services.AddSingleton<EndpointListeners>();
        services.AddSingleton<TlsCertificateSource>();
        services.AddSingleton<TlsMetrics>();
        services.AddHostedService<TlsCertificateWatcher>();
        services.AddSingleton<ClientAddressMiddleware>();
        services.AddSingleton<PeerCredentials>();
        services.AddSingleton<KestrelSetup>();
        services.AddSingleton<IConfigureOptions<KestrelServerOptions>>(provider => provider.GetRequiredService<KestrelSetup>());
        services.AddSingleton<IConfigureOptions<SocketTransportOptions>>(provider => provider.GetRequiredService<KestrelSetup>());
        services.AddSingleton<ListenerDispatcher>();
        services.AddSingleton<IListenerApplication, ApiApplication>();
        services.AddSingleton<IListenerApplication, PackagesApplication>();
        services.AddSingleton<IListenerApplication, OperatorsApplication>();
        services.AddSingleton<IListenerApplication, AdminApplication>();
    }

    private static void AddAdministration(IServiceCollection services)
    {
        services.AddSingleton<AdminAudit>();
        services.AddSingleton<IAdminCall, ListWorkloadsCall>();
        services.AddSingleton<IAdminCall, DescribeWorkloadCall>();
        services.AddSingleton<IAdminCall, ExplainPolicyCall>();
        services.AddSingleton<IConfigureOptions<LoggerFilterOptions>, StartLogs>();
        services.AddSingleton<LogLevels>();
        services.AddSingleton<IConfigureOptions<LoggerFilterOptions>>(provider => provider.GetRequiredService<LogLevels>());
        services.AddSingleton<IOptionsChangeTokenSource<LoggerFilterOptions>>(provider => provider.GetRequiredService<LogLevels>());
        services.AddSingleton<IAdminCall, GetLogLevelsCall>();
        services.AddSingleton<IAdminCall, SetLogLevelCall>();
    }

    private static void AddApi(IServiceCollection services)
    {
        services.AddSingleton<ApiLimits>();
        services.AddSingleton<ApiMetrics>();
        services.AddChallenges();
        services.AddSingleton<OpeningAudit>();
        services.AddSingleton<IApiCall, DiscoveryCall>();
        services.AddSingleton<IApiCall, ChallengeCall>();
        services.AddSingleton<IApiCall, OpenSessionCall>();
        services.AddSingleton<IApiCall, RenewCall>();
        services.AddSingleton<IApiCall, RegisterCall>();
        services.AddSingleton<IApiCall, BootstrapCall>();
        services.AddSingleton<IApiCall, SidecarTokenCall>();
        services.AddSingleton<IApiCall, HeartbeatCall>();
        services.AddSingleton<IApiCall, LeaveCall>();
        services.AddSingleton<IApiCall, OpenApiCall>();
    }

    /// <summary>In this order, cheapest first (protocol.md of the design).</summary>
    private static void AddSessionSteps(IServiceCollection services)
    {
        services.AddSingleton<ISessionStep, ShapeStep>();
        services.AddSingleton<ISessionStep, ClaimLimitStep>();
        services.AddSingleton<ISessionStep, ChallengeStep>();
        services.AddSingleton<ISessionStep, CredentialStep>();
        services.AddSingleton<ISessionStep, GroupStep>();
        services.AddSingleton<ISessionStep, ProspectStep>();
        services.AddSingleton<ISessionStep, ProofStep>();
        services.AddSingleton<ISessionStep, PolicyStep>();
        services.AddSingleton<ISessionStep, ProvenLimitStep>();
    }
}
