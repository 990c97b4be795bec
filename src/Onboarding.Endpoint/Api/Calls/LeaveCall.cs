using Microsoft.AspNetCore.Http;
using Onboarding.Core.Sessions;
using Onboarding.Core.Workloads;
using Onboarding.Endpoint.Api.Limits;
using Onboarding.Protocol;

namespace Onboarding.Endpoint.Api.Calls;

/// <summary><c>DELETE /v1/registration</c>.</summary>
internal sealed class LeaveCall(ISessionRegistry sessions, ApiLimits limits, IWorkloadRegistry workloads) : BearerCall(sessions, limits)
{
    /// <inheritdoc/>
    public override CallDescription Description { get; } = new(HttpMethods.Delete, "/v1/registration", "Leaves gracefully; ends the session.")
    {
        Response = ProtocolJson.Default.LeaveResponse,
        NeedsToken = true,
        NeedsProof = true,
        Refusals = [ProblemCodes.RegistrationGone, ProblemCodes.Superseded],
    };

    /// <inheritdoc/>
    protected override async Task AnswerAsync(ApiContext call, SessionContext session) =>
        await call.AnswerAsync(await workloads.LeaveAsync(session, call.Aborted), ProtocolJson.Default.LeaveResponse);
}
