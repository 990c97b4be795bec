using Microsoft.AspNetCore.Http;
using Onboarding.Core.Sessions;
using Onboarding.Core.Workloads;
using Onboarding.Endpoint.Api.Limits;
using Onboarding.Protocol;

namespace Onboarding.Endpoint.Api.Calls;

/// <summary><c>GET /v1/bootstrap</c>.</summary>
internal sealed class BootstrapCall(ISessionRegistry sessions, ApiLimits limits, IWorkloadRegistry workloads) : BearerCall(sessions, limits)
{
    /// <inheritdoc/>
    public override CallDescription Description { get; } = new(HttpMethods.Get, "/v1/bootstrap", "The boot bundle of the workload's sidecar, without its token; its revision is the ETag.")
    {
        Response = ProtocolJson.Default.BootBundle,
        Bodiless = StatusCodes.Status304NotModified,
        NeedsToken = true,
        NeedsProof = true,
        Refusals = [ProblemCodes.NotAuthorized, ProblemCodes.RegistrationGone, ProblemCodes.Superseded],
    };

    /// <inheritdoc/>
    protected override async Task AnswerAsync(ApiContext call, SessionContext session)
    {
        var outcome = await workloads.GetBootstrapAsync(session, call.Aborted);
        if (outcome.IsGranted)
        {
            var tag = $"\"{outcome.Value.Revision}\"";
            call.Http.Response.Headers.ETag = tag;
            if (IsKnown(call.Http.Request.Headers.IfNoneMatch.ToString(), tag))
            {
                call.Http.Response.StatusCode = StatusCodes.Status304NotModified;
                return;
            }
        }

        await call.AnswerAsync(outcome, ProtocolJson.Default.BootBundle);
    }

    /// <summary>RFC 9110 section 13.1.2: <c>*</c> or a list of tags, compared weakly.</summary>
    private static bool IsKnown(string ifNoneMatch, string tag) =>
        string.Equals(ifNoneMatch, "*", StringComparison.Ordinal)
        || ifNoneMatch
            .Split(',', StringSplitOptions.TrimEntries)
            .Any(known => string.Equals(known.StartsWith("W/", StringComparison.Ordinal) ? known[2..] : known, tag, StringComparison.Ordinal));
}
