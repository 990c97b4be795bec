using System.Collections.Concurrent;
using System.Net;
using Onboarding.Core;
using Onboarding.Core.Configuration;
using Onboarding.Core.Sessions;
using Onboarding.Core.Workloads;
using Onboarding.Protocol;

namespace Onboarding.Silo.Members;

/// <summary>The registry, counting whose heartbeats come to this silo.</summary>
internal sealed class ServedAgents(WorkloadRegistry registry, IOptionsSource options, TimeProvider time) : IWorkloadRegistry
{
    private readonly ConcurrentDictionary<string, DateTimeOffset> lastHeard = new(StringComparer.Ordinal);

    /// <summary>How many agents sent a heartbeat here that keeps their lease; one that went to another silo since then counts at both for a while.</summary>
    public int Count()
    {
        var since = time.GetUtcNow() - (options.Current.Workloads.HeartbeatInterval * Registered.LeaseIntervals);
        foreach (var heard in lastHeard)
        {
            if (heard.Value < since)
            {
                lastHeard.TryRemove(heard);
            }
        }

        return lastHeard.Count;
    }

    /// <inheritdoc/>
    public async ValueTask<Outcome<HeartbeatResponse>> HeartbeatAsync(SessionContext session, HeartbeatRequest heartbeat, CancellationToken cancellationToken)
    {
        var outcome = await registry.HeartbeatAsync(session, heartbeat, cancellationToken);
        if (outcome.IsGranted)
        {
            lastHeard[session.WorkloadKey] = time.GetUtcNow();
        }

        return outcome;
    }

    /// <inheritdoc/>
    public ValueTask<Outcome<LeaveResponse>> LeaveAsync(SessionContext session, CancellationToken cancellationToken)
    {
        lastHeard.TryRemove(session.WorkloadKey, out _);
        return registry.LeaveAsync(session, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<Outcome<RegistrationResponse>> RegisterAsync(SessionContext session, Registration registration, IPAddress peer, CancellationToken cancellationToken) =>
        registry.RegisterAsync(session, registration, peer, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<Outcome<BootBundle>> GetBootstrapAsync(SessionContext session, CancellationToken cancellationToken) =>
        registry.GetBootstrapAsync(session, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<Outcome<SidecarTokenGrant>> GetSidecarTokenAsync(SessionContext session, CancellationToken cancellationToken) =>
        registry.GetSidecarTokenAsync(session, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<WorkloadSummary>> ListAsync(string? @namespace, CancellationToken cancellationToken) =>
        registry.ListAsync(@namespace, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<WorkloadDescription?> DescribeAsync(string @namespace, string name, CancellationToken cancellationToken) =>
        registry.DescribeAsync(@namespace, name, cancellationToken);
}
