using System.Net;

namespace Onboarding.Standalone;

/// <summary>What the command line says. Paths are as given, addresses where they are.</summary>
/// <param name="Config">The ControlPlane file.</param>
/// <param name="Manifests">The directory of manifests.</param>
/// <param name="Data">The data directory.</param>
internal sealed record StandaloneSettings(string Config, string Manifests, string Data)
{
    /// <summary>Where the API listens; null: where the endpoint does by default.</summary>
    public IPEndPoint? ApiAddress { get; init; }

    /// <summary>Where the package repository listens; null: where the endpoint does by default.</summary>
    public IPEndPoint? PackagesAddress { get; init; }

    /// <summary>Where the operators' port listens; null: where the endpoint does by default.</summary>
    public IPEndPoint? OperatorsAddress { get; init; }
}
