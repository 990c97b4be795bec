using Onboarding.Core.Audit;
using Onboarding.Endpoint.Api.Problems;

namespace Onboarding.Endpoint.Admin;

/// <summary>Audits what administrators do to the endpoint as a whole. Who they are is the socket's business: its owner, or root.</summary>
internal sealed class AdminAudit(IAuditTrail trail, TimeProvider time)
{
    /// <summary>Something was done.</summary>
    /// <param name="act">What, e.g. <c>keys.rotate</c>.</param>
    /// <param name="reason">Its particulars.</param>
    public void Done(string act, string reason) => trail.Write(new AuditRecord
    {
        Time = time.GetUtcNow(),
        Act = act,
        Verdict = "done",
        CorrelationId = CorrelationId.Create(),
        Reason = reason,
    });
}
