using Microsoft.Extensions.DependencyInjection;
using Onboarding.Silo.Entities;
using Orleans.Persistence;

namespace Onboarding.Silo.Providers;

internal static partial class SiloProviders
{
    static partial void UseRedis(ISiloBuilder silo) =>
        silo.Services.Configure<RedisStorageOptions>(EntityServiceCollectionExtensions.StorageName, options => options.DeleteStateOnClear = true);
}
