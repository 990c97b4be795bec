using System.Net;
using Onboarding.Core.Sessions;
using Onboarding.Protocol;

namespace Onboarding.Core.Workloads;

/// <summary>What an authenticated session may do with its workload. Every call checks session, epoch and policy again.</summary>
public interface IWorkloadRegistry
{
    /// <summary>Registers the workload, or changes its registration; idempotent. <paramref name="peer"/> is the address the agent's connection comes from.</summary>
    ValueTask<Outcome<RegistrationResponse>> RegisterAsync(SessionContext session, Registration registration, IPAddress peer, CancellationToken cancellationToken);

    /// <summary>Keeps the lease.</summary>
    ValueTask<Outcome<HeartbeatResponse>> HeartbeatAsync(SessionContext session, HeartbeatRequest heartbeat, CancellationToken cancellationToken);

    /// <summary>The boot bundle, once the entry has been accepted.</summary>
    ValueTask<Outcome<BootBundle>> GetBootstrapAsync(SessionContext session, CancellationToken cancellationToken);

    /// <summary>A token for the sidecar; at most one is issued per session in 10 min, in between the same again.</summary>
    ValueTask<Outcome<SidecarTokenGrant>> GetSidecarTokenAsync(SessionContext session, CancellationToken cancellationToken);

    /// <summary>Leaves gracefully.</summary>
    ValueTask<Outcome<LeaveResponse>> LeaveAsync(SessionContext session, CancellationToken cancellationToken);

    /// <summary>What is known of the workloads of a namespace (null: of all), for administrators.</summary>
    ValueTask<IReadOnlyList<WorkloadSummary>> ListAsync(string? @namespace, CancellationToken cancellationToken);

    /// <summary>What is known of one workload; null: it is not registered.</summary>
    ValueTask<WorkloadDescription?> DescribeAsync(string @namespace, string name, CancellationToken cancellationToken);
}

/// <summary>A token for the sidecar, or that no source of tokens is configured.</summary>
/// <param name="Token">The token; null: the agent goes on without it (204).</param>
public sealed record SidecarTokenGrant(SidecarTokenResponse? Token);
