using System.Collections.Immutable;
using Onboarding.Core.Configuration;
using Onboarding.Core.Entities;
using Onboarding.Core.Workloads.Addresses;
using Onboarding.Protocol;

namespace Onboarding.Core.Workloads.Commands;

/// <summary>Makes a session the holder of the registration, or changes what its holder says.</summary>
internal sealed record Register : SessionCall
{
    /// <summary>What the agent says, with only the believed addresses left.</summary>
    public required Registration Registration { get; init; }

    /// <summary>The address to publish.</summary>
    public required string Address { get; init; }

    /// <summary>Key of that address's entity, where it was claimed for this workload.</summary>
    public required string AddressKey { get; init; }

    /// <summary>What speaks for it.</summary>
    public required AddressBasis AddressBasis { get; init; }

    /// <summary>Conditions that composing it showed.</summary>
    public ImmutableArray<Observation> Observations { get; init; } = [];

    /// <summary>The lease's terms.</summary>
    public required LeaseTerms Terms { get; init; }

    /// <summary>What becomes of a second machine.</summary>
    public required DuplicateIdentity Duplicates { get; init; }

    /// <summary>The process that the agent is connected to.</summary>
    public required string ConnectedTo { get; init; }

    /// <inheritdoc/>
    protected override Decision<Workload, CallReply> DecideFor(Workload state, OpenedSession session, DateTimeOffset now) =>
        state.IsHeldBy(session.Id) ? Change(state, session, now) : TakeOver(state, session, now);

    private Decision<Workload, CallReply> Change(Workload state, OpenedSession session, DateTimeOffset now)
    {
        var current = state.Registered!;
        var marks = Marked(current.Marks, now);
        if (current.Phase == LeasePhase.Live && marks == current.Marks && current.AddressKey == AddressKey
            && RegistrationComparer.AreEqual(current.Registration, Registration))
        {
            var kept = state with { Registered = current.Renewed(Terms, now) };
            return kept.Remember(CallReply.Of(kept, session));
        }

        var alive = current.Phase == LeasePhase.Live ? current with { Revision = current.Revision + 1 } : current.Enter(LeasePhase.Live, now);
        var changed = alive.Renewed(Terms, now) with
        {
            Registration = Registration,
            Address = Address,
            AddressKey = AddressKey,
            AddressBasis = AddressBasis,
            Marks = marks,
            ConnectedTo = ConnectedTo,
        };
        var next = state with { Registered = changed };
        return next.Store(CallReply.Of(next, session), [new WriteRegistration(changed.Revision), .. Move(current.AddressKey)]);
    }

    private Decision<Workload, CallReply> TakeOver(Workload state, OpenedSession session, DateTimeOffset now)
    {
        if (state.RefuseDuplicate(session.Instance, session.ProvesMachine, Duplicates, now) is { } refusal)
        {
            var (contested, told) = state.Contest(now);
            var refused = new CallReply { Refusal = refusal, TakenFrom = state.Registered?.Address };
            return told.IsEmpty ? contested.Remember(refused) : contested.Store(refused, [.. told]);
        }

        var before = state.Registered;
        var isTakeover = before is not null && before.IsLiveAt(now) && before.Session.Instance != session.Instance;
        var isRenamed = before is not null && before.Session.Name != session.Name;
        var (next, effects) = EndLower(state, session);
        if (isRenamed)
        {
            // Its issuer's short name was changed: what is written under the old one would be nobody's.
            effects = effects.Add(new RemoveRegistration(before!.Session.Name, before.Session.Epoch, "it is registered under another name"));
        }

        var connected = (before is { Phase: LeasePhase.Live } ? before.PhaseSince : (DateTimeOffset?)null) ?? now;
        var registered = new Registered
        {
            Session = session,
            Registration = Registration,
            Address = Address,
            AddressKey = AddressKey,
            AddressBasis = AddressBasis,
            Since = before?.Since ?? now,
            Phase = LeasePhase.Live,
            PhaseSince = connected,
            Terms = Terms,
            Revision = (before?.Revision ?? 0) + 1,
            Written = isRenamed ? null : before?.Written,
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
        return next.Store(reply, [.. effects, new WriteRegistration(next.Registered!.Revision), .. Move(before?.AddressKey)]);
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

    private ImmutableArray<Effect> Move(string? before) =>
        before == AddressKey ? []
        : before is null ? [new HoldAddress(AddressKey)]
        : [new HoldAddress(AddressKey), new DropAddress(before)];

    private ImmutableArray<Mark> Marked(ImmutableArray<Mark> marks, DateTimeOffset now) =>
        Observations.Aggregate(marks, (all, observation) => all.With(observation, now));
}
