using Onboarding.Silo.Members;

namespace Onboarding.Silo.Partitions;

/// <summary>The network between silos, and the membership table.</summary>
internal sealed class ClusterPaths(IClusterMembershipService membership, ILocalSiloDetails here, SiloReporters reporters) : IClusterPaths
{
    private const int Asked = 3;

    /// <inheritdoc/>
    public async Task<bool> ReachPeerAsync()
    {
        var peers = membership.CurrentSnapshot.Members.Values
            .Where(member => member.Status == SiloStatus.Active && !member.SiloAddress.Equals(here.SiloAddress))
            .Select(member => member.SiloAddress)
            .ToArray();
        Random.Shared.Shuffle(peers);
        await foreach (var answered in Task.WhenEach(peers.Take(Asked).Select(reporters.AskAsync)))
        {
            if (answered.IsCompletedSuccessfully)
            {
                return true;
            }
        }

        return peers.Length == 0;
    }

    /// <inheritdoc/>
    public Task ReadMembershipAsync() => membership.Refresh().AsTask();
}
