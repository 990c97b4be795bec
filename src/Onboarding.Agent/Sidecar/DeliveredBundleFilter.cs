using Microsoft.Extensions.Logging;
using Onboarding.Agent.Endpoint;
using Onboarding.Agent.Processes;
using Onboarding.Protocol;
using Onboarding.Protocol.Bundle;

namespace Onboarding.Agent.Sidecar;

/// <summary>
/// The filter of the control plane once more, on this machine: the bundle becomes a file that a shell reads, and it may come from an endpoint that
/// should not have been trusted.
/// </summary>
/// <param name="allowedVariables">Further variables that this machine's owner allows.</param>
/// <param name="machineNames">The machine's own names, which stay its own.</param>
/// <param name="target">The endpoint: its name stays what name resolution says.</param>
/// <param name="logger">Told what was dropped.</param>
internal sealed partial class DeliveredBundleFilter(
    IReadOnlyCollection<string> allowedVariables, IReadOnlyCollection<string> machineNames, EndpointTarget target, ILogger logger) : IBundleFilter
{
    private readonly BundleFilterContext context = new()
    {
        AllowedByOwner = allowedVariables,
        ForbiddenHostNames = [.. machineNames, target.Host, target.Name],
    };

    public BootBundle Filter(BootBundle bundle)
    {
        var filtered = BundleFilter.Apply(bundle, context);
        foreach (var dropped in filtered.Dropped)
        {
            Dropped(logger, OneLine.Of(dropped.ToString()));
        }

        return filtered.Bundle;
    }

    [LoggerMessage(1311, LogLevel.Warning, "Left out of the boot bundle: {What}")]
    private static partial void Dropped(ILogger logger, string what);
}
