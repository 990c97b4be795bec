using System.Collections.Immutable;
using Onboarding.Core.Configuration;
using Onboarding.Core.Policy;

namespace Onboarding.Core.Workloads;

/// <summary>What administrators do with workloads and ask of groups.</summary>
public interface IWorkloadAdministration
{
    /// <summary>Longest reason of a suspension.</summary>
    const int MaxReasonLength = 256;

    /// <summary>Suspends a registered workload: its entry goes, its sessions end, new ones are refused; the registration is kept.</summary>
    /// <param name="namespace">Its namespace.</param>
    /// <param name="name">Name of its registration.</param>
    /// <param name="reason">Why; null: it may join again.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Whether there is such a workload.</returns>
    /// <exception cref="Entities.UnavailableException">Perhaps done: ask again.</exception>
    ValueTask<bool> SuspendAsync(string @namespace, string name, string? reason, CancellationToken cancellationToken);

    /// <summary>The groups of a namespace (null: of all).</summary>
    ValueTask<IReadOnlyList<GroupSummary>> ListGroupsAsync(string? @namespace, CancellationToken cancellationToken);

    /// <summary>All that is known of a group; null: there is no such group, and nobody is registered in it.</summary>
    ValueTask<GroupDescription?> DescribeGroupAsync(string @namespace, string name, CancellationToken cancellationToken);

    /// <summary>The registered workloads that an entry of the deny list names.</summary>
    ValueTask<IReadOnlyList<DeniedMember>> FindDeniedAsync(DeniedWorkload denied, CancellationToken cancellationToken);
}

/// <summary>A group in one line.</summary>
/// <param name="Namespace">Its namespace.</param>
/// <param name="Name">Its name.</param>
/// <param name="Members">Workloads that are registered in it.</param>
/// <param name="Connected">Of these, those whose agent is connected.</param>
/// <param name="Suspended">Of these, those that are suspended.</param>
/// <param name="Held">Of these, those whose removal the brake holds.</param>
/// <param name="Outdated">Of these, those whose sidecar runs with an older boot bundle.</param>
public sealed record GroupSummary(string Namespace, string Name, int Members, int Connected, int Suspended, int Held, int Outdated);

/// <summary>All that is known of a group.</summary>
/// <param name="Summary">In one line.</param>
/// <param name="Exists">Whether there is a WorkloadGroup of that name; if not, its members lose their place.</param>
/// <param name="Members">Its members, by name.</param>
/// <param name="Removed">How many were removed within the brake's window.</param>
/// <param name="BrakedSince">Since when the brake holds removals; null: it holds none.</param>
/// <param name="IsRemovalConfirmed">Whether the group is annotated so that the brake does not hold.</param>
/// <param name="Restarting">How many have their turn to restart.</param>
/// <param name="Policies">Policies that select the group, and those of its namespace that are invalid.</param>
public sealed record GroupDescription(
    GroupSummary Summary,
    bool Exists,
    ImmutableArray<WorkloadSummary> Members,
    int Removed,
    DateTimeOffset? BrakedSince,
    bool IsRemovalConfirmed,
    int Restarting,
    ImmutableArray<PolicyStatus> Policies);

/// <summary>A registered workload that the deny list names.</summary>
/// <param name="Namespace">Its namespace.</param>
/// <param name="Name">Name of its registration.</param>
/// <param name="Group">Its group.</param>
/// <param name="Principal">What its sidecar proves to others in the mesh, together with all that have its service account; null: its group is not known.</param>
public sealed record DeniedMember(string Namespace, string Name, string Group, string? Principal);
