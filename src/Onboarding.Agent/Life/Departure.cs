using Onboarding.Agent.Files;
using Onboarding.Agent.Sidecar;

namespace Onboarding.Agent.Life;

/// <summary>Tells leaving from restarting when the agent is told to end.</summary>
/// <param name="files">The machine's files.</param>
/// <param name="manager">The service manager, if one runs the agent.</param>
/// <param name="leavesUnlessTold">What to do where neither an upgrade nor a service manager says (<c>settings.onStop</c>).</param>
internal sealed class Departure(RootedFiles files, IServiceManager manager, bool leavesUnlessTold)
{
    /// <summary>True: leave the mesh. False: leave registration and sidecar to the next agent.</summary>
    public async Task<bool> IsForGoodAsync(CancellationToken cancellationToken)
    {
        if (files.Exists(SidecarPaths.Handover))
        {
            return false;
        }

        return await manager.IsRestartingAsync(cancellationToken) switch
        {
            true => false,
            false => true,
            null => leavesUnlessTold,
        };
    }
}
