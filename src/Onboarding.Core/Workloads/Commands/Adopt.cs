using System.Collections.Immutable;
using Onboarding.Core.Entities;
using Onboarding.Core.Identity;
using Onboarding.Protocol;

namespace Onboarding.Core.Workloads.Commands;

/// <summary>
/// Shows a registration that was found written. What is known, and not older, stays as it is: being asked has woken it. What is not known, or was
/// written with a higher epoch (the storage was lost or restored), is adopted as disconnected, with a fresh lease. What is known to have ended
/// is removed again.
/// </summary>
internal sealed record Adopt : WorkloadCommand, ICommand<Workload, AdoptReply>
{
    /// <summary>Name of the registration.</summary>
    public required string Name { get; init; }

    /// <summary>Its identity.</summary>
    public required WorkloadIdentity Identity { get; init; }

    /// <summary>What its agent had said.</summary>
    public required Registration Registration { get; init; }

    /// <summary>The address that was published.</summary>
    public required string Address { get; init; }

    /// <summary>Key of that address's entity; null: its group's network is not known.</summary>
    public string? AddressKey { get; init; }

    /// <summary>Why it is suspended, as it was written; null: it is not.</summary>
    public string? Suspended { get; init; }

    /// <summary>The epoch it was written with.</summary>
    public required long Epoch { get; init; }

    /// <summary>The lease's terms.</summary>
    public required LeaseTerms Terms { get; init; }

    /// <summary>Validity of tokens.</summary>
    public required TimeSpan TokenValidity { get; init; }

    /// <inheritdoc/>
    public Decision<Workload, AdoptReply> Decide(Workload state, DateTimeOffset now)
    {
        if (state.Registered is { } known && Epoch <= known.Session.Epoch)
        {
            return Known(state, known, now);
        }

        if (state.EndedEpoch > 0 && Epoch <= state.EndedEpoch)
        {
            return state.Store(AdoptReply.Removed, new RemoveRegistration(Name, state.EndedEpoch, "it had ended before"));
        }

        var ended = state.Opened.RemoveAll(opened => opened.Epoch > Epoch);
        if (state.Registered is { IsSessionEnded: false } before)
        {
            ended = ended.Add(before.Session);
        }

        var registered = new Registered
        {
            Session = ToSession(now),
            IsSessionEnded = true,
            Registration = Registration,
            Address = Address,
            AddressKey = AddressKey,
            Since = now,
            Phase = LeasePhase.Disconnected,
            PhaseSince = now,
            Terms = Terms,
            Revision = (state.Registered?.Revision ?? 0) + 1,
            Until = now + (Terms.Interval * Registered.LeaseIntervals) + Terms.Grace,
        };
        var next = state with
        {
            Epoch = Math.Max(state.Epoch, Epoch),
            Suspended = Epoch > state.Epoch ? Suspended : Suspended ?? state.Suspended,
            Registered = registered,
            Opened = state.Opened.RemoveAll(opened => opened.Epoch <= Epoch),
        };
        var drops = ended.Select(Effect (session) => new DropSession(session.Id)).ToImmutableArray();
        if (AddressKey is not null)
        {
            drops = drops.Add(new HoldAddress(AddressKey));
        }

        return next.Store(AdoptReply.Adopted, [new WriteRegistration(registered.Revision), .. drops]);
    }

    // Storage that was restored may be from before the suspension. What is still to be written may be from after its end.
    private Decision<Workload, AdoptReply> Known(Workload state, Registered known, DateTimeOffset now)
    {
        if (Suspended is null || state.Suspended is not null || Epoch < known.Session.Epoch || known.Written?.Revision != known.Revision)
        {
            return state.Keep(AdoptReply.Known);
        }

        var suspended = new Suspend(Suspended).Decide(state, now);
        return suspended.Next.Store(AdoptReply.Known, [.. suspended.Effects]);
    }

    // Stands in for the session that held it and is not known: its tokens are answered with reattestation_required.
    private OpenedSession ToSession(DateTimeOffset now) => new()
    {
        Id = "",
        Epoch = Epoch,
        Instance = "",
        Identity = Identity,
        Name = Name,
        IssuedAt = now,
        OpenedAt = now.ToWholeSeconds(),
        TokenValidity = TokenValidity,
        ExpiresAt = now + TokenValidity,
        PolicyVersion = "",
        PolicyAsOf = DateTimeOffset.MinValue,
    };
}

/// <summary>What became of a registration that was found written.</summary>
internal sealed record AdoptReply(bool IsAdopted, bool IsRemoved)
{
    public static AdoptReply Known { get; } = new(IsAdopted: false, IsRemoved: false);

    public static AdoptReply Adopted { get; } = new(IsAdopted: true, IsRemoved: false);

    public static AdoptReply Removed { get; } = new(IsAdopted: false, IsRemoved: true);
}
