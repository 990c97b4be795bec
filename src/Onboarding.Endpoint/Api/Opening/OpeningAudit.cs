using Onboarding.Attestation;
using Onboarding.Core;
using Onboarding.Core.Audit;
using Onboarding.Protocol;

namespace Onboarding.Endpoint.Api.Opening;

/// <summary>Audits openings that were refused before the workload's decider was asked; what the decider says, it audits itself.</summary>
internal sealed class OpeningAudit(IAuditTrail trail, TimeProvider time)
{
    /// <summary>One record for a refused credential or an unauthorized identity. Malformed and rate-limited requests decide about nobody.</summary>
    public void Refused(SessionAttempt attempt, Refusal refusal)
    {
        if (refusal.Code is ProblemCodes.InvalidRequest or ProblemCodes.RateLimited)
        {
            return;
        }

        trail.Write(new AuditRecord
        {
            Time = time.GetUtcNow(),
            Act = "session.open",
            Verdict = "refused",
            CorrelationId = attempt.CorrelationId,
            Peer = attempt.Client.ToString(),
            CredentialKind = attempt.Request.Credential.Kind,
            CredentialHash = attempt.Attested?.CredentialHash ?? CredentialHash.Of(attempt.Request.Credential),
            Identity = attempt.Attested?.Identity,
            Group = attempt.Request.WorkloadGroup.ToString(),
            Policy = attempt.Decision?.Policy,
            Rule = attempt.Decision?.Rule,
            PolicyVersion = attempt.Policies?.Version,
            Code = refusal.Code,
            Reason = refusal.Reason,
        });
    }
}
