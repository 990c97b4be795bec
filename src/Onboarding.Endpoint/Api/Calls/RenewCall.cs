using Microsoft.AspNetCore.Http;
using Onboarding.Core.Sessions;
using Onboarding.Endpoint.Api.Limits;
using Onboarding.Protocol;

namespace Onboarding.Endpoint.Api.Calls;

/// <summary><c>POST /v1/sessions/renew</c>.</summary>
internal sealed class RenewCall(ISessionRegistry sessions, ApiLimits limits) : BearerCall(sessions, limits)
{
    private readonly ISessionRegistry sessions = sessions;

    /// <inheritdoc/>
    public override CallDescription Description { get; } = new(HttpMethods.Post, "/v1/sessions/renew", "Issues the session's next token; policy is evaluated again.")
    {
        Response = ProtocolJson.Default.SessionResponse,
        NeedsToken = true,
        NeedsProof = true,
        Refusals = [ProblemCodes.NotAuthorized, ProblemCodes.Superseded],
    };

    /// <inheritdoc/>
    protected override bool IsRenewal => true;

    /// <inheritdoc/>
    protected override async Task AnswerAsync(ApiContext call, SessionContext session) =>
        await call.AnswerAsync(await sessions.RenewAsync(session, call.Aborted), ProtocolJson.Default.SessionResponse);
}
