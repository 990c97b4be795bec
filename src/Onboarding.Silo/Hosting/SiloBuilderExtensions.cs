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

    // A session is asked while its agent joins and when it renews, half an hour later: until then a row is enough. Grains with a lease stay by themselves.
    private static readonly TimeSpan IdleFor = TimeSpan.FromMinutes(2);

    /// <summary>Lets a silo host entities: how long a call may take, that a caller who gave up is not served, how long an idle one stays in memory, and how rows are stored.</summary>
    public static ISiloBuilder UseEntities(this ISiloBuilder silo)
    {
        silo.Services.Configure<SiloMessagingOptions>(options =>
        {
            options.ResponseTimeout = ResponseTimeout;
            options.WaitForCancellationAcknowledgement = true;
        });
        silo.Services.Configure<GrainCollectionOptions>(options => options.CollectionAge = IdleFor);
        silo.Services.AddSingleton<ClusterGrowth>();
        silo.Services.AddSingleton<IGrainStorageSerializer, GrainRowSerializer>();
        return silo;
    }
}
