using Onboarding.Core.Entities.Local;
using Onboarding.Endpoint.Telemetry.Health;

namespace Onboarding.Standalone.Sqlite;

/// <summary>Whether the entities can be read. A full disk is not asked for: heartbeats, which write nothing, go on with one.</summary>
internal sealed class StorageReadable(IEntityStore store) : IReadinessCheck
{
    public string Name => "storage";

    public async ValueTask<string?> FindProblemAsync(CancellationToken cancellationToken)
    {
        try
        {
            await store.ReadAsync("readiness", "any", cancellationToken);
            return null;
        }
        catch (Exception failure)
        {
            return $"the entities cannot be read: {failure.Message}";
        }
    }
}
