using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Onboarding.Endpoint.Telemetry.Health;

namespace Onboarding.Silo.Draining;

/// <summary>Lets a silo drain before it stops.</summary>
internal static class DrainingExtensions
{
    /// <summary>Adds it.</summary>
    public static WebApplicationBuilder AddDraining(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<DrainingOptions>().BindConfiguration(DrainingOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddOptions<HostOptions>().Configure<IOptions<DrainingOptions>>((host, draining) => host.ShutdownTimeout = draining.Value.Within);
        builder.Services.AddSingleton<SiloDraining>();
        builder.Services.AddSingleton<ClientsElsewhere>();
        builder.Services.AddSingleton<IReadinessCheck>(provider => provider.GetRequiredService<SiloDraining>());
        builder.Services.AddHostedService(provider => provider.GetRequiredService<SiloDraining>());
        return builder;
    }
}
