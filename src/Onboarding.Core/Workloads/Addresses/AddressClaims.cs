using Onboarding.Core.Entities;
using Onboarding.Core.Workloads.Commands;
using Onboarding.Protocol;

namespace Onboarding.Core.Workloads.Addresses;

/// <summary>
/// Settles who holds an address. A holder that is live keeps it, unless it was merely trusted and the newcomer's credential or connection speaks for
/// it; one that is not gives way at once, since clouds hand addresses out again within minutes.
/// </summary>
internal sealed class AddressClaims(IEntityHost<Address> addresses, IEntityHost<Workload> workloads, TimeProvider time)
{
    // Whoever has claimed and not yet registered is on the way.
    private static readonly TimeSpan OnTheWay = TimeSpan.FromSeconds(30);

    /// <summary>Claims an address for a workload.</summary>
    /// <returns>Why it may not have it; null: it has it, and <c>IsNew</c> says whether it had it not before.</returns>
    public async ValueTask<(Refusal? Refusal, bool IsNew)> ClaimAsync(string key, string workload, AddressBasis basis, CancellationToken cancellationToken)
    {
        var reply = await addresses.AskTwiceAsync(key, new ClaimAddress(workload, basis), cancellationToken);
        if (reply.Holder is { } holder)
        {
            foreach (var other in reply.Workloads)
            {
                if (await RefuseAsync(key, other, basis, reply, cancellationToken) is { } refusal)
                {
                    return (refusal, false);
                }
            }

            reply = await addresses.AskTwiceAsync(key, new ClaimAddress(workload, basis, Displaced: holder), cancellationToken);
        }

        return reply.IsGranted
            ? (null, reply.IsNew)
            : (new Refusal(ProblemCodes.AddressInUse, "another workload took the address meanwhile"), false);
    }

    /// <summary>Gives an address up.</summary>
    public async ValueTask ReleaseAsync(string key, string workload, CancellationToken cancellationToken) =>
        await addresses.AskTwiceAsync(key, new ReleaseAddress(workload), cancellationToken);

    private async ValueTask<Refusal?> RefuseAsync(string key, string other, AddressBasis basis, ClaimReply held, CancellationToken cancellationToken)
    {
        var isStronger = basis > AddressBasis.Trusted && held.Basis == AddressBasis.Trusted;
        var answer = await workloads.AskTwiceAsync(other, new GiveWay(key, MustGive: isStronger), cancellationToken);
        if (answer.LiveUntil is { } until)
        {
            return new Refusal(ProblemCodes.AddressInUse, $"workload {other} holds the address and is live", RetryAfter: until - time.GetUtcNow());
        }

        var claimedFor = time.GetUtcNow() - held.ClaimedAt;
        return !answer.HadIt && !isStronger && claimedFor < OnTheWay
            ? new Refusal(ProblemCodes.AddressInUse, $"workload {other} has just claimed the address", RetryAfter: OnTheWay - claimedFor)
            : null;
    }
}
