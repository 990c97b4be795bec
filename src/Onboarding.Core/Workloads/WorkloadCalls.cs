using Onboarding.Core.Configuration;
using Onboarding.Core.Entities;
using Onboarding.Core.Policy;
using Onboarding.Core.Sessions;
using Onboarding.Core.Workloads.Commands;
using Onboarding.Core.Workloads.Namespaces;
using Onboarding.Protocol;

namespace Onboarding.Core.Workloads;

/// <summary>Puts a session's calls to its workload: with what policy says, again with a verdict when policy has moved, and revokes what it allows no more.</summary>
internal sealed class WorkloadCalls(
    IEntityHost<Workload> workloads,
    IPolicyCatalog catalog,
    IOptionsSource options,
    RemovalBrake brake,
    WorkloadAudit audit)
{
    // Differs from every version: the namespace is known to hold no group.
    private const string NoGroup = "no group";

    /// <summary>Asks, and audits a refusal as <paramref name="act"/>.</summary>
    public async ValueTask<Outcome<CallReply>> AskAsync(SessionContext session, SessionCall call, string act, CancellationToken cancellationToken)
    {
        try
        {
            var reply = await workloads.AskTwiceAsync(session.WorkloadKey, call, cancellationToken);
            if (reply.Question is { } question)
            {
                var (facts, verdict, decision) = Weigh(session.Group, question);
                reply = await workloads.AskTwiceAsync(session.WorkloadKey, call with { Policy = facts with { Verdict = verdict } }, cancellationToken);
                if (reply.IsLapsed)
                {
                    var isBraked = decision?.Cause != DenialCause.Denied && reply.Registered is not null;
                    if (!isBraked || await brake.MayRemoveAsync(session.WorkloadKey, cancellationToken))
                    {
                        return await RevokeAsync(session, call.Session, decision, isBraked, cancellationToken);
                    }

                    var held = facts with { Verdict = verdict with { HeldFor = brake.Pace } };
                    reply = await workloads.AskTwiceAsync(session.WorkloadKey, call with { Policy = held }, cancellationToken);
                }
            }

            if (reply.Question is not null)
            {
                return Unavailability.Because("the policies moved twice during the call");
            }

            if (reply.Refusal is { } refusal)
            {
                audit.Refused(act, session, refusal, reply.TakenFrom);
                return refusal;
            }

            return reply;
        }
        catch (UnavailableException e)
        {
            return Unavailability.Because(e.Message);
        }
    }

    /// <summary>What this process knows of a group's policies, without a verdict.</summary>
    public PolicyFacts Facts(WorkloadGroupReference group) => Facts(catalog.Find(group.Namespace));

    private PolicyFacts Facts(NamespaceSnapshot? snapshot) => new(
        snapshot is null ? NoGroup : snapshot.Version,
        snapshot?.AsOf ?? catalog.AsOf ?? DateTimeOffset.MinValue,
        options.Current.Workloads.AuthorizationWithdrawalDelay)
    {
        AtOnceVersion = snapshot?.AtOnceVersion,
    };

    private (PolicyFacts Facts, PolicyVerdict Verdict, PolicyDecision? Decision) Weigh(WorkloadGroupReference group, PolicyQuestion question)
    {
        var snapshot = catalog.Find(group.Namespace);
        var decision = snapshot?.Evaluate(question.Identity, group.Name, question.IssuedAt);
        var verdict = new PolicyVerdict(
            decision is { IsAllowed: true },
            decision is { Cause: DenialCause.Denied or DenialCause.IssuerNotConfigured })
        {
            NeedsRole = decision is { Cause: DenialCause.RoleNotProven },
        };
        return (Facts(snapshot), verdict, decision);
    }

    private async ValueTask<Refusal> RevokeAsync(
        SessionContext session, string id, PolicyDecision? decision, bool isBraked, CancellationToken cancellationToken)
    {
        var reason = decision?.Reason ?? "there is no such group any more";
        await workloads.AskTwiceAsync(session.WorkloadKey, new RevokeSession(id, reason, isBraked), cancellationToken);
        var refusal = new Refusal(ProblemCodes.NotAuthorized, $"the session was revoked: {reason}");
        audit.Done(AuditActs.Revoke, session, refusal.Reason, Facts(session.Group).Version);
        return refusal;
    }
}
