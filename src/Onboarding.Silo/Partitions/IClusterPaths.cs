namespace Onboarding.Silo.Partitions;

/// <summary>By which ways a silo hears of its cluster.</summary>
internal interface IClusterPaths
{
    /// <summary>Whether another silo answers; true as well where there is none.</summary>
    Task<bool> ReachPeerAsync();

    /// <summary>Reads the membership table; a silo that it holds for dead ends itself.</summary>
    Task ReadMembershipAsync();
}
