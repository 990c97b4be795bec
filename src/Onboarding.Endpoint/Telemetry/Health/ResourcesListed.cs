using Onboarding.Core.Policy;

namespace Onboarding.Endpoint.Telemetry.Health;

/// <summary>The resources have been listed once. Should they grow old later, sessions that are open go on: that is no reason to send agents elsewhere.</summary>
internal sealed class ResourcesListed(IPolicyCatalog catalog) : IReadinessCheck
{
    /// <inheritdoc/>
    public string Name => "resources";

    /// <inheritdoc/>
    public ValueTask<string?> FindProblemAsync(CancellationToken cancellationToken) =>
        new(catalog.AsOf is null ? "the resources have not been listed yet" : null);
}
