using Microsoft.Extensions.DependencyInjection;
using Onboarding.Silo.Entities;
using Orleans.Configuration;

namespace Onboarding.Silo.Providers;

internal static partial class SiloProviders
{
    private const string PostgreSql = "Npgsql";

    static partial void UseAdoNet(ISiloBuilder silo)
    {
        silo.Services.Configure<AdoNetClusteringSiloOptions>(options => options.Invariant ??= PostgreSql);
        silo.Services.Configure<AdoNetGrainStorageOptions>(EntityServiceCollectionExtensions.StorageName, options =>
        {
            options.Invariant = PostgreSql;
            options.DeleteStateOnClear = true;
        });
    }
}
