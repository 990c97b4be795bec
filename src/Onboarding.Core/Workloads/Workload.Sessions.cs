using System.Collections.Immutable;
using Onboarding.Core.Entities;
using Onboarding.Protocol;

namespace Onboarding.Core.Workloads;

/// <content>What its sessions may do.</content>
internal sealed partial record Workload
{
    /// <summary>An open session, registered or not.</summary>
    public OpenedSession? Find(string session)
    {
        if (Registered is { IsSessionEnded: false, Session: { } holder } && holder.Id == session)
        {
            return holder;
        }

        foreach (var opened in Opened)
        {
            if (opened.Id == session)
            {
                return opened;
            }
        }

        return null;
    }

    /// <summary>Whether a session holds the registration.</summary>
    public bool IsHeldBy(string session) => Registered is { IsSessionEnded: false } registered && registered.Session.Id == session;

    /// <summary>Why a session that is not open is not.</summary>
    public Refusal RefuseUnknown(long epoch) =>
        Suspended is not null ? new Refusal(ProblemCodes.NotAuthorized, "the workload is suspended")
        : epoch > Epoch ? new Refusal(ProblemCodes.ReattestationRequired, $"the session is not known here: its epoch {epoch} is higher than {Epoch}")
        : epoch < Registered?.Session.Epoch ? new Refusal(ProblemCodes.Superseded, $"a session with epoch {Registered.Session.Epoch} holds the workload")
        : new Refusal(ProblemCodes.SessionEnded, "the session was ended");

    /// <summary>With a session as it stands now.</summary>
    public Workload With(OpenedSession session)
    {
        if (Registered is { } registered && registered.Session.Id == session.Id)
        {
            return ReferenceEquals(registered.Session, session) ? this : this with { Registered = registered with { Session = session } };
        }

        for (var i = 0; i < Opened.Length; i++)
        {
            if (Opened[i].Id == session.Id)
            {
                return ReferenceEquals(Opened[i], session) ? this : this with { Opened = Opened.SetItem(i, session) };
            }
        }

        return this;
    }

    /// <summary>Without nonces and credentials that nobody could use again.</summary>
    public Workload WithoutExpired(DateTimeOffset now)
    {
        var credentials = Credentials.RemoveAll(used => used.ExpiresAt <= now);
        var nonces = Nonces.RemoveAll(used => used.RefusedUntil <= now);
        return credentials == Credentials && nonces == Nonces ? this : this with { Credentials = credentials, Nonces = nonces };
    }

    /// <summary>Without a session; the lease of one that held the registration runs on.</summary>
    public (Workload Next, ImmutableArray<Effect> Effects) End(OpenedSession session) =>
        (this with
        {
            Registered = IsHeldBy(session.Id) ? Registered! with { IsSessionEnded = true } : Registered,
            Opened = Opened.RemoveAll(opened => opened.Id == session.Id),
            TokensUntil = Later(TokensUntil, session.ExpiresAt),
        },
        [new DropSession(session.Id)]);

    /// <summary>Without its registration. Sessions that are not registered stay open: they are of a higher epoch.</summary>
    public (Workload Next, ImmutableArray<Effect> Effects) Remove(string reason, DateTimeOffset now, bool isBraked = false)
    {
        if (Registered is not { } registered)
        {
            return (this, []);
        }

        var holder = registered.Session;
        var next = this with { Registered = null, EndedEpoch = holder.Epoch, TokensUntil = Later(TokensUntil, Later(holder.ExpiresAt, now)) };
        var removal = new RemoveRegistration(holder.Name, holder.Epoch, reason, isBraked);
        ImmutableArray<Effect> effects = registered.IsSessionEnded ? [removal] : [removal, new DropSession(holder.Id)];
        return (next, registered.AddressKey is { } address ? effects.Add(new DropAddress(address)) : effects);
    }
}
