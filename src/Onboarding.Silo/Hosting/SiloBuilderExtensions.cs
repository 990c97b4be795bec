using Microsoft.Extensions.DependencyInjection;
using Onboarding.Silo.Entities;
using Onboarding.Silo.Placement;
using Orleans.Configuration;
using Orleans.Storage;

namespace Onboarding.Silo.Hosting;

/// <summary>What every silo of ours has, whatever its providers.</summary>
internal static class SiloBuilderExtensions
{
    // An agent waits longer for an answer than a dead silo is worth.
    private static readonly TimeSpan ResponseTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Lets a silo host entities: how long a call may take, that a caller who gave up is not served, and how rows are stored.</summary>
    public static ISiloBuilder UseEntities(this ISiloBuilder silo)
    {
        silo.Services.Configure<SiloMessagingOptions>(options =>
        {
            options.ResponseTimeout = ResponseTimeout;
            options.WaitForCancellationAcknowledgement = true;
        });
        silo.Services.AddSingleton<ClusterGrowth>();
        silo.Services.AddSingleton<IGrainStorageSerializer, GrainRowSerializer>();
        return silo;
    }
}
