using System.Collections.Immutable;
using Onboarding.Core.Configuration;
using Onboarding.Core.Entities;
using Onboarding.Core.Workloads.Addresses;
using Onboarding.Protocol;

namespace Onboarding.Core.Workloads.Commands;

/// <summary>Makes a session the holder of the registration, or changes what its holder says.</summary>
internal sealed record Register : SessionCall
{
    /// <summary>What the agent says.</summary>
    public required Registration Registration { get; init; }

    /// <summary>Its addresses with what speaks for them.</summary>
    public required ImmutableArray<ClaimedAddress> Addresses { get; init; }

    /// <summary>Conditions that composing it showed.</summary>
    public ImmutableArray<Observation> Observations { get; init; } = [];

    /// <summary>The lease's terms.</summary>
    public required LeaseTerms Terms { get; init; }

    /// <summary>What becomes of a second machine.</summary>
    public required DuplicateIdentity Duplicates { get; init; }

    /// <summary>The process that the agent is connected to.</summary>
    public required string ConnectedTo { get; init; }

    /// <inheritdoc/>
    protected override Decision<Workload, CallReply> DecideFor(Workload state, OpenedSession session, DateTimeOffset now)
    {
        var believed = AddressRules.Believe(Addresses, session.VerifiedAddresses);
        var connectedOver = Registration.Settings?.ConnectedOver ?? AddressType.Vpc;
        if (believed.FirstOrDefault(address => address.Type == connectedOver) is not { } published)
        {
            return state.Remember(CallReply.Refused(ProblemCodes.AddressNotVerified, $"no address of type {connectedOver} is verified"));
        }

        var registration = Registration with { Host = new(believed) };
        return state.IsHeldBy(session.Id)
            ? Change(state, session, registration, published.Ip, now)
            : TakeOver(state, session, registration, published.Ip, now);
    }

    private Decision<Workload, CallReply> Change(Workload state, OpenedSession session, Registration registration, string address, DateTimeOffset now)
    {
        var current = state.Registered!;
        var marks = Marked(current.Marks, now);
        if (current.Phase == LeasePhase.Live && marks == current.Marks && RegistrationComparer.AreEqual(current.Registration, registration))
        {
            var kept = state with { Registered = current.Renewed(Terms, now) };
            return kept.Remember(CallReply.Of(kept, session));
        }

        var alive = current.Phase == LeasePhase.Live ? current with { Revision = current.Revision + 1 } : current.Enter(LeasePhase.Live, now);
        var changed = alive.Renewed(Terms, now) with { Registration = registration, Address = address, Marks = marks, ConnectedTo = ConnectedTo };
        var next = state with { Registered = changed };
        return next.Store(CallReply.Of(next, session), new WriteRegistration(changed.Revision));
    }

    private Decision<Workload, CallReply> TakeOver(Workload state, OpenedSession session, Registration registration, string address, DateTimeOffset now)
    {
        if (state.RefuseDuplicate(session.Instance, session.ProvesMachine, Duplicates, now) is { } refusal)
        {
            var (contested, told) = state.Contest(now);
            var refused = new CallReply { Refusal = refusal, TakenFrom = state.Registered?.Address };
            return told.IsEmpty ? contested.Remember(refused) : contested.Store(refused, [.. told]);
        }

        var before = state.Registered;
        var isTakeover = before is not null && before.IsLiveAt(now) && before.Session.Instance != session.Instance;
        var (next, effects) = EndLower(state, session);
        var connected = (before is { Phase: LeasePhase.Live } ? before.PhaseSince : (DateTimeOffset?)null) ?? now;
        var registered = new Registered
        {
            Session = session,
            Registration = registration,
            Address = address,
            Since = before?.Since ?? now,
            Phase = LeasePhase.Live,
            PhaseSince = connected,
            Terms = Terms,
            Revision = (before?.Revision ?? 0) + 1,
            Written = before?.Written,
            Marks = Marked(before?.Marks ?? [], now),
            ConnectedTo = ConnectedTo,
            ContestedAt = before?.ContestedAt,
        };
        next = next with { Registered = registered.Renewed(Terms, now) };
        if (isTakeover)
        {
            next = next.Contest(now).Next;
        }

        var reply = CallReply.Of(next, session) with { TakenFrom = isTakeover ? before!.Address : null };
        return next.Store(reply, [.. effects, new WriteRegistration(next.Registered!.Revision)]);
    }

    // Whatever was opened before the new holder can never hold the registration again.
    private static (Workload Next, ImmutableArray<Effect> Effects) EndLower(Workload state, OpenedSession holder)
    {
        var effects = ImmutableArray<Effect>.Empty;
        var lower = state.Opened.Where(opened => opened.Epoch < holder.Epoch);
        if (state.Registered is { IsSessionEnded: false } before)
        {
            lower = lower.Append(before.Session);
        }

        foreach (var session in lower.ToArray())
        {
            (state, var ended) = state.End(session);
            effects = effects.AddRange(ended);
        }

        return (state with { Opened = state.Opened.RemoveAll(opened => opened.Id == holder.Id) }, effects);
    }

    private ImmutableArray<Mark> Marked(ImmutableArray<Mark> marks, DateTimeOffset now) =>
        Observations.Aggregate(marks, (all, observation) => all.With(observation, now));
}
