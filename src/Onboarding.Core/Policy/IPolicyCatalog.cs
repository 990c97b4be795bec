namespace Onboarding.Core.Policy;

/// <summary>The compiled policies, one snapshot per namespace, swapped whole.</summary>
public interface IPolicyCatalog
{
    /// <summary>
    /// The snapshot of a namespace. Null when it is known to hold no WorkloadGroup.
    /// Its <see cref="NamespaceSnapshot.Version"/> is null while there is no verdict: before the first complete list,
    /// and once lists have failed for longer than <c>maxPolicyAge</c>. Until then the last known policies stay in force.
    /// The catalog alone watches that age: a source that is current is never too old, however long nothing has changed.
    /// </summary>
    NamespaceSnapshot? Find(string @namespace);

    /// <summary>Namespaces that hold a WorkloadGroup.</summary>
    IReadOnlyCollection<string> Namespaces { get; }

    /// <summary>When the resources were listed completely; null: never.</summary>
    DateTimeOffset? AsOf { get; }

    /// <summary>The status of every policy of the last complete list, by namespace and name.</summary>
    IReadOnlyList<PolicyStatus> Statuses => [];

    /// <summary>Is raised after a snapshot was swapped.</summary>
    event Action? Changed;
}
