using System.Text.Json;
using Microsoft.Extensions.Logging;
using Orleans.Concurrency;

namespace Onboarding.Silo.Members;

/// <summary>Says how much this silo carries.</summary>
internal sealed class SiloReporter(GrainId id, Orleans.Runtime.Silo silo, ILoggerFactory logs, IEnumerable<ActivationCount> activations, ServedAgents agents)
    : GrainService(id, silo, logs), ISiloReporter
{
    /// <inheritdoc/>
    public Task<Immutable<byte[]>> ReportAsync()
    {
        var load = new SiloLoad(new(activations.ToDictionary(count => count.Kind, count => count.Now, StringComparer.Ordinal), StringComparer.Ordinal), agents.Count());
        return Task.FromResult(new Immutable<byte[]>(JsonSerializer.SerializeToUtf8Bytes(load, MembersJson.Default.SiloLoad)));
    }
}
