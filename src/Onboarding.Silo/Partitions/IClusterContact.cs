namespace Onboarding.Silo.Partitions;

/// <summary>Whether this silo hears of its cluster.</summary>
internal interface IClusterContact
{
    /// <summary>It does not, and cannot know whether it still is a member.</summary>
    bool IsLost { get; }
}
