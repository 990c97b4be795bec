using Onboarding.Core.Entities;

namespace Onboarding.Core.Workloads.Commands;

/// <summary>Asks a workload for its address: it gives way unless it is live, or must in any case. It joins anew with another one.</summary>
/// <param name="Address">Key of the address.</param>
/// <param name="MustGive">Whether the newcomer's proof of it is stronger.</param>
internal sealed record GiveWay(string Address, bool MustGive) : WorkloadCommand, ICommand<Workload, GiveWayReply>
{
    /// <inheritdoc/>
    public Decision<Workload, GiveWayReply> Decide(Workload state, DateTimeOffset now)
    {
        if (state.Registered is not { } registered || registered.AddressKey != Address)
        {
            return state.Keep(new GiveWayReply(HadIt: false));
        }

        if (registered.IsLiveAt(now) && !MustGive)
        {
            return state.Keep(new GiveWayReply(HadIt: true, registered.Until));
        }

        var (next, effects) = state.Remove("its address belongs to another workload", now);
        return next.Store(new GiveWayReply(HadIt: true), [.. effects]);
    }
}

/// <summary>Whether a workload gave way.</summary>
/// <param name="HadIt">Whether it had the address.</param>
/// <param name="LiveUntil">When its lease ends, where it keeps the address; null: it gave way.</param>
internal sealed record GiveWayReply(bool HadIt, DateTimeOffset? LiveUntil = null);
