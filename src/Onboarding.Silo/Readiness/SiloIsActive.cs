using Onboarding.Endpoint.Telemetry.Health;

namespace Onboarding.Silo.Readiness;

/// <summary>The silo takes part in its cluster: it has joined, and is neither leaving nor declared dead.</summary>
internal sealed class SiloIsActive(ISiloStatusOracle oracle) : IReadinessCheck
{
    /// <inheritdoc/>
    public string Name => "silo";

    /// <inheritdoc/>
    public ValueTask<string?> FindProblemAsync(CancellationToken cancellationToken) =>
        new(oracle.CurrentStatus == SiloStatus.Active ? null : $"the silo is {oracle.CurrentStatus}, not Active");
}
