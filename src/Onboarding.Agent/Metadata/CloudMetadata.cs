using Onboarding.Agent.Life;
using Onboarding.Agent.Metadata.Aws;

namespace Onboarding.Agent.Metadata;

/// <summary>The metadata services that this release knows. None is asked before it is needed.</summary>
/// <param name="handler">What the requests go through; it is disposed of with this.</param>
/// <param name="delay">Waits before what was busy is asked again.</param>
/// <param name="random">The jitter of that.</param>
/// <param name="time">The clock of timeouts.</param>
/// <param name="variable">Reads a variable of the environment.</param>
internal sealed class CloudMetadata(HttpMessageHandler handler, IDelay delay, Random random, TimeProvider time, Func<string, string?> variable) : IDisposable
{
    private readonly MetadataTransport transport = new(handler, delay, random, time);
    private InstanceMetadata? instance;

    /// <summary>EC2's instance metadata service.</summary>
    public InstanceMetadata Instance => instance ??= new InstanceMetadata(transport);

    /// <summary>What ECS tells its tasks.</summary>
    public TaskMetadata Task => new(transport, variable);

    public void Dispose() => transport.Dispose();
}
