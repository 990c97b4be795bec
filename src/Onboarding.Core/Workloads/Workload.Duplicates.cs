using System.Collections.Immutable;
using Onboarding.Core.Configuration;
using Onboarding.Core.Entities;
using Onboarding.Core.Workloads.Commands;
using Onboarding.Protocol;

namespace Onboarding.Core.Workloads;

/// <content>Two machines with one identity.</content>
internal sealed partial record Workload
{
    private const int ContestsToSay = 3;

    /// <summary>How long a quarrel is remembered.</summary>
    public static readonly TimeSpan ContestWindow = TimeSpan.FromMinutes(10);

    /// <summary>Why a machine may not have the identity now: another one's lease is live. Null: it may.</summary>
    public Refusal? RefuseDuplicate(string instance, bool provesMachine, DuplicateIdentity duplicates, DateTimeOffset now) =>
        Registered is { } registered && registered.IsLiveAt(now) && registered.Session.Instance != instance
        && !provesMachine && duplicates == DuplicateIdentity.Reject
            ? new Refusal(ProblemCodes.IdentityInUse, "another machine with this identity has a live lease", RetryAfter: registered.Until - now)
            : null;

    /// <summary>Refuses a second machine; it costs no write until the quarrel becomes a condition.</summary>
    public Decision<Workload, OpenReply> Refuse(Refusal refusal, bool isCredentialShared, DateTimeOffset now)
    {
        var reply = new OpenReply { Refusal = refusal, IsCredentialShared = isCredentialShared, HolderAddress = Registered?.Address };
        var (next, effects) = Contest(now);
        return effects.IsEmpty ? next.Remember(reply) : next.Store(reply, [.. effects]);
    }

    /// <summary>Counts a refusal or a takeover; three within 10 min are a condition.</summary>
    public (Workload Next, ImmutableArray<Effect> Effects) Contest(DateTimeOffset now)
    {
        var contests = Contests.RemoveAll(at => now - at > ContestWindow);
        contests = (contests.Length < ContestsToSay ? contests : contests.RemoveAt(0)).Add(now);
        var next = this with { Contests = contests };
        if (contests.Length < ContestsToSay || Registered is not { } registered)
        {
            return (next, []);
        }

        if (registered.ContestedAt is not null)
        {
            return (next with { Registered = registered with { ContestedAt = now } }, []);
        }

        var contested = registered with { ContestedAt = now, Revision = registered.Revision + 1 };
        return (next with { Registered = contested }, [new WriteRegistration(contested.Revision)]);
    }
}
