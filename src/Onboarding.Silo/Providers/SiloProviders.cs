namespace Onboarding.Silo.Providers;

/// <summary>What the configuration cannot say of a provider: a file each, compiled where its packages are.</summary>
internal static partial class SiloProviders
{
    /// <summary>Sets what each provider needs. A row that is cleared is deleted: what has gone leaves nothing behind.</summary>
    public static ISiloBuilder UseProviders(this ISiloBuilder silo)
    {
        UseAdoNet(silo);
        UseRedis(silo);
        return silo;
    }

    static partial void UseAdoNet(ISiloBuilder silo);

    static partial void UseRedis(ISiloBuilder silo);
}
