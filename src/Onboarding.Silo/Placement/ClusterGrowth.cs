using System.Collections.Immutable;

namespace Onboarding.Silo.Placement;

/// <summary>
/// Which silos have joined since when. What is in memory stays where it is, so that a silo that joins under load would get new workloads only: each
/// workload asks once after a silo has joined, and those that chance picks move there. As many move as make its share.
/// </summary>
internal sealed class ClusterGrowth(IClusterMembershipService membership, ILocalSiloDetails here)
{
    private readonly Lock gate = new();
    private ImmutableDictionary<SiloAddress, long> joined = ImmutableDictionary<SiloAddress, long>.Empty;
    private long version = -1;

    /// <summary>The version of the membership as it stands: what has joined later is younger.</summary>
    public long Version => Look().Version;

    /// <summary>Where an activation should go that is as old as a version; null: it stays.</summary>
    public SiloAddress? FindNewHome(long since)
    {
        var (active, _) = Look();
        var young = active.Where(silo => silo.Value > since && !silo.Key.Equals(here.SiloAddress)).Select(silo => silo.Key).ToArray();
        var chosen = young.Length == 0 ? young.Length : Random.Shared.Next(active.Count);
        return chosen < young.Length ? young[chosen] : null;
    }

    private (ImmutableDictionary<SiloAddress, long> Active, long Version) Look()
    {
        var snapshot = membership.CurrentSnapshot;
        lock (gate)
        {
            if (snapshot.Version.Value > version)
            {
                version = snapshot.Version.Value;
                joined = snapshot.Members.Values.Where(member => member.Status == SiloStatus.Active)
                    .ToImmutableDictionary(member => member.SiloAddress, member => joined.GetValueOrDefault(member.SiloAddress, version));
            }

            return (joined, version);
        }
    }
}
