using Microsoft.AspNetCore.Http;
using Onboarding.Core.Sessions;
using Onboarding.Core.Workloads;
using Onboarding.Endpoint.Api.Bodies;
using Onboarding.Endpoint.Api.Limits;
using Onboarding.Endpoint.Api.Validation;
using Onboarding.Protocol;

namespace Onboarding.Endpoint.Api.Calls;

/// <summary><c>POST /v1/heartbeat</c>: the call that a fleet makes all day.</summary>
internal sealed class HeartbeatCall(ISessionRegistry sessions, ApiLimits limits, IWorkloadRegistry workloads) : BearerCall(sessions, limits)
{
    /// <inheritdoc/>
    public override CallDescription Description { get; } = new(HttpMethods.Post, "/v1/heartbeat", "Keeps the workload's lease.")
    {
        Request = ProtocolJson.Default.HeartbeatRequest,
        Response = ProtocolJson.Default.HeartbeatResponse,
        NeedsToken = true,
        Refusals = [ProblemCodes.NotAuthorized, ProblemCodes.RegistrationGone, ProblemCodes.Superseded],
    };

    /// <inheritdoc/>
    protected override async Task AnswerAsync(ApiContext call, SessionContext session)
    {
        var body = await RequestBody.ReadAsync(call.Http, ProtocolJson.Default.HeartbeatRequest, "");
        var refusal = body.IsGranted ? HeartbeatValidator.Validate(body.Value) : body.Refusal;
        if (refusal is not null)
        {
            await call.RefuseAsync(refusal);
            return;
        }

        var outcome = await workloads.HeartbeatAsync(session, body.Value!, call.Aborted);
        await call.AnswerAsync(outcome, ProtocolJson.Default.HeartbeatResponse);
    }
}
