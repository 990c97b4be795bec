using Onboarding.Core.Audit;
using Onboarding.Core.Sessions;
using Onboarding.Protocol;

namespace Onboarding.Core.Workloads;

/// <summary>Audits decisions about sessions and workloads.</summary>
internal sealed class WorkloadAudit(IAuditTrail trail, TimeProvider time)
{
    private const string Granted = "granted";
    private const string RefusedVerdict = "refused";
    private const string DoneVerdict = "done";

    /// <summary>A session asked for something and got it.</summary>
    public void Allowed(string act, SessionContext session, string? address = null, string? policyVersion = null) =>
        trail.Write(Of(act, Granted, session) with { Address = address, PolicyVersion = policyVersion });

    /// <summary>A session asked for something and did not get it.</summary>
    public void Refused(string act, SessionContext session, Refusal refusal, string? address = null)
    {
        // What is unavailable was not decided.
        if (refusal.Code != ProblemCodes.Unavailable)
        {
            trail.Write(Of(act, RefusedVerdict, session) with { Code = refusal.Code, Reason = refusal.Reason, Address = address });
        }
    }

    /// <summary>Something was done to a session.</summary>
    public void Done(string act, SessionContext session, string reason, string? policyVersion = null, string? address = null) =>
        trail.Write(Of(act, DoneVerdict, session) with { Reason = reason, PolicyVersion = policyVersion, Address = address });

    /// <summary>An opening.</summary>
    public void Opening(SessionOpening opening, string name, Refusal? refusal, string sessionHash, long? epoch, string? holderAddress) =>
        trail.Write(Of(AuditActs.Open, refusal is null ? Granted : RefusedVerdict, opening, name) with
        {
            Code = refusal?.Code,
            Reason = refusal?.Reason ?? opening.Decision.Reason,
            Address = holderAddress,
            SessionHash = sessionHash,
            Epoch = epoch,
        });

    /// <summary>A second machine showed a credential.</summary>
    public void SharedCredential(SessionOpening opening, string name) =>
        trail.Write(Of(AuditActs.CredentialReuse, DoneVerdict, opening, name) with { Reason = "two machines showed the same credential" });

    /// <summary>What we did by ourselves to a registration.</summary>
    public void Registration(string act, string key, string name, long epoch, string reason) =>
        trail.Write(new AuditRecord
        {
            Time = time.GetUtcNow(),
            Act = act,
            Verdict = DoneVerdict,
            CorrelationId = SessionIds.New(),
            Group = key[..key.LastIndexOf('/')],
            Workload = name,
            Epoch = epoch,
            Reason = reason,
        });

    private AuditRecord Of(string act, string verdict, SessionContext session) => new()
    {
        Time = time.GetUtcNow(),
        Act = act,
        Verdict = verdict,
        CorrelationId = session.CorrelationId,
        Peer = session.Peer,
        Group = session.Group.ToString(),
        Workload = session.WorkloadName,
        SessionHash = Sha256Text.Hex(session.SessionId),
        TokenHash = Sha256Text.Hex(session.TokenId),
        Epoch = session.Epoch,
    };

    private AuditRecord Of(string act, string verdict, SessionOpening opening, string name) => new()
    {
        Time = time.GetUtcNow(),
        Act = act,
        Verdict = verdict,
        CorrelationId = opening.CorrelationId,
        Peer = opening.Peer,
        CredentialKind = opening.Attested.CredentialKind,
        CredentialHash = opening.Attested.CredentialHash,
        Identity = opening.Attested.Identity,
        Group = $"{opening.Group.Metadata.Namespace}/{opening.Group.Metadata.Name}",
        Workload = name,
        Policy = opening.Decision.Policy,
        Rule = opening.Decision.Rule,
        PolicyVersion = opening.PolicyVersion,
    };
}
