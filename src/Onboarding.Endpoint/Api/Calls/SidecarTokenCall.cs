using Microsoft.AspNetCore.Http;
using Onboarding.Core;
using Onboarding.Core.Sessions;
using Onboarding.Core.Workloads;
using Onboarding.Endpoint.Api.Limits;
using Onboarding.Protocol;

namespace Onboarding.Endpoint.Api.Calls;

/// <summary><c>POST /v1/sidecar-token</c>.</summary>
internal sealed class SidecarTokenCall(ISessionRegistry sessions, ApiLimits limits, IWorkloadRegistry workloads) : BearerCall(sessions, limits)
{
    /// <inheritdoc/>
    public override CallDescription Description { get; } = new(HttpMethods.Post, "/v1/sidecar-token", "A service-account token for the sidecar; without a body where no source of tokens is configured.")
    {
        Response = ProtocolJson.Default.SidecarTokenResponse,
        Bodiless = StatusCodes.Status204NoContent,
        NeedsToken = true,
        NeedsProof = true,
        Refusals = [ProblemCodes.NotAuthorized, ProblemCodes.RegistrationGone, ProblemCodes.Superseded],
    };

    /// <inheritdoc/>
    protected override async Task AnswerAsync(ApiContext call, SessionContext session)
    {
        var outcome = await workloads.GetSidecarTokenAsync(session, call.Aborted);
        if (outcome is { IsGranted: true, Value.Token: null })
        {
            call.Http.Response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }

        Outcome<SidecarTokenResponse> token = outcome.IsGranted ? outcome.Value.Token! : outcome.Refusal;
        await call.AnswerAsync(token, ProtocolJson.Default.SidecarTokenResponse);
    }
}
