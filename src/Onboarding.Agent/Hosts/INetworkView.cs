namespace Onboarding.Agent.Hosts;

/// <summary>What the system knows of its network.</summary>
internal interface INetworkView
{
    /// <summary>Interfaces that are up.</summary>
    IReadOnlyList<LocalInterface> Interfaces();

    /// <summary>Names of the interfaces with a default route, best metric first.</summary>
    IReadOnlyList<string> DefaultRoutes();
}
