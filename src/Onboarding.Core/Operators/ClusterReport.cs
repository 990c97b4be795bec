namespace Onboarding.Core.Operators;

/// <summary>What the operators' port says of the processes that serve together.</summary>
/// <param name="Edition"><see cref="SiloEdition"/> or <see cref="StandaloneEdition"/>.</param>
/// <param name="Cluster">The cluster's id; null in the standalone edition.</param>
/// <param name="Silos">Its members; none in the standalone edition.</param>
public sealed record ClusterReport(string Edition, string? Cluster, IReadOnlyList<SiloMember> Silos)
{
    /// <summary>Where the operators' port says so.</summary>
    public const string Path = "/silos";

    /// <summary>A cluster of silos.</summary>
    public const string SiloEdition = "silo";

    /// <summary>One process, which is no silo.</summary>
    public const string StandaloneEdition = "standalone";

    /// <summary>The standalone edition's answer.</summary>
    public static ClusterReport Standalone { get; } = new(StandaloneEdition, null, []);
}

/// <summary>A member of the cluster.</summary>
/// <param name="Name">Its name: in Kubernetes, the pod's.</param>
/// <param name="Address">Where the other silos reach it.</param>
/// <param name="Status">What the cluster holds it for, e.g. <c>Active</c>.</param>
/// <param name="Activations">How many entities it has in memory, by kind; empty when it does not answer.</param>
/// <param name="Agents">How many agents sent it a heartbeat within a lease; null when it does not answer.</param>
/// <param name="Problem">Why that is not known; null: it is.</param>
public sealed record SiloMember(string Name, string Address, string Status, SortedDictionary<string, int> Activations, int? Agents, string? Problem);
