using System.Net;
using System.Threading.RateLimiting;
using Onboarding.Core;
using Onboarding.Core.Identity;
using Onboarding.Endpoint.Listeners;
using Onboarding.Protocol;

namespace Onboarding.Endpoint.Api.Limits;

/// <summary>
/// The limits of the API. Before anything is proven a claim counts only together with the address it comes from, so that nobody can empty
/// another's bucket in its name; a client address alone counts only for what failed, since whole fleets stand behind one address.
/// </summary>
internal sealed class ApiLimits(EndpointSettings settings, TimeProvider time) : IDisposable
{
    private readonly RateTable failed = new(settings.Limits.FailedOpenings, time);
    private readonly RateTable claimed = new(settings.Limits.ClaimedOpenings, time);
    private readonly RateTable proven = new(settings.Limits.ProvenOpenings, time);
    private readonly RateTable workloads = new(settings.Limits.WorkloadCalls, time);
    private readonly ConcurrencyLimiter openings = new(new ConcurrencyLimiterOptions
    {
        PermitLimit = settings.Limits.MaxConcurrentOpenings,
        QueueLimit = settings.Limits.MaxWaitingOpenings,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });

    /// <summary>Whether a client address has failed too often.</summary>
    public Refusal? CheckFailures(IPAddress client) => Limited(failed.WaitOf(KeyOf(client)), "too many failed attempts of this client address");

    /// <summary>
    /// Counts a failed attempt. Who has proven an identity has a share of its own, and its address pays for what exceeds it: some machines that no policy
    /// allows must not keep out the rest of a fleet behind the same address.
    /// </summary>
    /// <param name="client">The client's address.</param>
    /// <param name="proven">What it has proven nevertheless; null: nothing.</param>
    public void CountFailure(IPAddress client, WorkloadIdentity? proven)
    {
        if (proven is null || this.proven.TryTake(WorkloadKey.DigestOf(proven)) is not null)
        {
            failed.TryTake(KeyOf(client));
        }
    }

    /// <summary>Counts an attempt by what it claims to be.</summary>
    public Refusal? CountClaim(IPAddress client, WorkloadGroupReference group, string instanceId) =>
        Limited(claimed.TryTake($"{KeyOf(client)} {group} {instanceId}"), "too many attempts with this claim from this client address");

    /// <summary>Counts an attempt by the identity that it claims and has not proven.</summary>
    public Refusal? CountClaimed(IPAddress client, string workloadKey) =>
        Limited(claimed.TryTake($"{KeyOf(client)} {workloadKey}"), "too many attempts that claim this identity from this client address");

    /// <summary>Counts an attempt by what was proven.</summary>
    public Refusal? CountProven(string identity) => Limited(proven.TryTake(identity), "too many sessions opened by this identity");

    /// <summary>Counts a call with a valid token and the proof of its key.</summary>
    public Refusal? CountCall(string workloadKey) => Limited(workloads.TryTake(workloadKey), "too many calls of this workload");

    /// <summary>Counts a call with a valid token alone: whoever has a copy of one empties the bucket of his own address, not the workload's.</summary>
    public Refusal? CountUnprovenCall(IPAddress client, string workloadKey) =>
        Limited(workloads.TryTake($"{KeyOf(client)} {workloadKey}"), "too many calls of this workload from this client address");

    /// <summary>Waits for a turn to open a session; the lease must be disposed of.</summary>
    public ValueTask<RateLimitLease> EnterAsync(CancellationToken cancellationToken) => openings.AcquireAsync(1, cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => openings.Dispose();

    private static string KeyOf(IPAddress client) => AddressBlock.Of(client).ToString();

    private static Refusal? Limited(TimeSpan? wait, string reason) =>
        wait is { } after ? new Refusal(ProblemCodes.RateLimited, reason, RetryAfter: after) : null;
}
