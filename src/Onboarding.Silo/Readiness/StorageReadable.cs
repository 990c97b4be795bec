using Microsoft.Extensions.DependencyInjection;
using Onboarding.Endpoint.Telemetry.Health;
using Onboarding.Silo.Entities;
using Orleans.Storage;

namespace Onboarding.Silo.Readiness;

/// <summary>The entities' rows can be read: one that is never there is asked for.</summary>
internal sealed class StorageReadable([FromKeyedServices(EntityServiceCollectionExtensions.StorageName)] IGrainStorage storage, TimeProvider time) : IReadinessCheck
{
    private const string Kind = "readiness";
    private static readonly GrainId Nobody = GrainId.Create(Kind, "any");
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    public string Name => "storage";

    /// <inheritdoc/>
    public async ValueTask<string?> FindProblemAsync(CancellationToken cancellationToken)
    {
        try
        {
            await storage.ReadStateAsync(Kind, Nobody, new GrainState<GrainRow>()).WaitAsync(Patience, time, cancellationToken);
            return null;
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            return $"the entities cannot be read: {failure.Message}";
        }
    }
}
