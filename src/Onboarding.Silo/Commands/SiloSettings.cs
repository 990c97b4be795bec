using System.Net;

namespace Onboarding.Silo.Commands;

/// <summary>What the command line says. Paths are as given, addresses where they are.</summary>
/// <param name="Config">The ControlPlane file; <c>appsettings.json</c> is looked for beside it.</param>
/// <param name="Manifests">The directory of manifests.</param>
/// <param name="Data">The directory below which registrations are written, the same for all silos.</param>
/// <param name="Keys">The file of signing keys, or the directory it is in; the same for all silos.</param>
internal sealed record SiloSettings(string Config, string Manifests, string Data, string Keys)
{
    /// <summary>Directory of the certificate with which silos know each other; null: none, and silos stay on loopback.</summary>
    public string? SiloTls { get; init; }

    /// <summary>Path of the administrators' Unix socket, in a directory that is the owner's alone; null: there is none.</summary>
    public string? AdminSocket { get; init; }

    /// <summary>Where the API listens; null: where the endpoint does by default.</summary>
    public IPEndPoint? ApiAddress { get; init; }

    /// <summary>Where the package repository listens; null: where the endpoint does by default.</summary>
    public IPEndPoint? PackagesAddress { get; init; }

    /// <summary>Where the operators' port listens; null: where the endpoint does by default.</summary>
    public IPEndPoint? OperatorsAddress { get; init; }
}
