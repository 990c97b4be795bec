using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;

namespace Onboarding.Silo.Hosting;

/// <summary>What the configuration's section <c>Orleans</c> says, and what holds where it is silent.</summary>
internal static class SiloConfiguration
{
    private const string Root = "Orleans";
    private const string ClusteringProvider = $"{Root}:Clustering:ProviderType";
    private const string StorageProvider = $"{Root}:GrainStorage:Default:ProviderType";
    private const string Name = "onboarding";

    /// <summary>Refuses a configuration that does not say where the cluster meets and where its state is.</summary>
    /// <exception cref="StartException">It does not.</exception>
    public static void RefuseWithoutProviders(IConfiguration configuration)
    {
        foreach (var setting in new[] { ClusteringProvider, StorageProvider })
        {
            if (string.IsNullOrEmpty(configuration[setting]))
            {
                var development = setting == ClusteringProvider ? "Development" : "Memory";
                throw new StartException($"{setting} is not set: {development}, AdoNet or Redis; in appsettings.json, or as {setting.Replace(":", "__", StringComparison.Ordinal)}")
                {
                    ExitCode = ExitCodes.Misconfigured,
                };
            }
        }
    }

    /// <summary>The cluster's id.</summary>
    public static string ClusterIdOf(IConfiguration configuration) => configuration[$"{Root}:{nameof(ClusterOptions.ClusterId)}"] ?? Name;

    /// <summary>Names the cluster, closes the gateway, and lets the configuration tune the membership, which Orleans does not.</summary>
    public static ISiloBuilder UseConfiguration(this ISiloBuilder silo, IConfiguration configuration)
    {
        silo.Services.Configure<ClusterOptions>(options =>
        {
            options.ClusterId = ClusterIdOf(configuration);
            options.ServiceId = configuration[$"{Root}:{nameof(options.ServiceId)}"] ?? Name;
        });
        silo.Services.Configure<EndpointOptions>(options =>
        {
            (options.GatewayPort, options.GatewayListeningEndpoint) = (0, null);
            options.AdvertisedIPAddress ??= IPAddress.Loopback;
        });

        // Agents wait for a silo that died. Killed, it refuses connections, and three probes are missed within 3 s; standing still, it is declared dead
        // when its connections have been silent for three of the longest probes (6 s). A silo that is merely busy misses probes, too, but says something
        // in that time; shorter ones would take it for dead.
        silo.Services.Configure<ClusterMembershipOptions>(options =>
        {
            options.ProbeTimeout = TimeSpan.FromSeconds(1);
            options.MaxProbeTimeout = TimeSpan.FromSeconds(2);
        });
        silo.Services.Configure<ClusterMembershipOptions>(configuration.GetSection($"{Root}:Membership"));
        return silo;
    }
}
