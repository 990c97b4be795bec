using Microsoft.AspNetCore.Http;
using Onboarding.Core;
using Onboarding.Core.Identity;
using Onboarding.Core.Sessions;
using Onboarding.Endpoint.Api.Bodies;
using Onboarding.Endpoint.Api.Limits;
using Onboarding.Protocol;

namespace Onboarding.Endpoint.Api.Opening;

/// <summary><c>POST /v1/sessions</c>: the only call by which a stranger makes us work, so it is bounded before and after every step that costs.</summary>
internal sealed class OpenSessionCall(
    IEnumerable<ISessionStep> steps,
    ISessionRegistry sessions,
    ApiLimits limits,
    OpeningAudit audit) : IApiCall
{
    private readonly ISessionStep[] steps = [.. steps];

    /// <inheritdoc/>
    public CallDescription Description { get; } = new(HttpMethods.Post, "/v1/sessions", "Opens a session for a workload that proves its identity and is allowed into the group.")
    {
        Request = ProtocolJson.Default.OpenSessionRequest,
        Response = ProtocolJson.Default.SessionResponse,
        Success = StatusCodes.Status201Created,
        Refusals = [ProblemCodes.CredentialRejected, ProblemCodes.NotAuthorized, ProblemCodes.IdentityInUse],
    };

    /// <inheritdoc/>
    public async Task InvokeAsync(ApiContext call)
    {
        if (limits.CheckFailures(call.Client) is { } tooMany)
        {
            await call.RefuseAsync(tooMany);
            return;
        }

        var body = await RequestBody.ReadAsync(call.Http, ProtocolJson.Default.OpenSessionRequest, "");
        var (outcome, attested) = body.IsGranted ? await OpenAsync(call, body.Value) : (body.Refusal, null);
        if (outcome.Refusal is { } refusal && IsClientsFault(refusal))
        {
            limits.CountFailure(call.Client, attested?.Identity);
        }

        await call.AnswerAsync(outcome, ProtocolJson.Default.SessionResponse, Description.Success);
    }

    private async ValueTask<(Outcome<SessionResponse> Outcome, AttestedIdentity? Attested)> OpenAsync(ApiContext call, OpenSessionRequest request)
    {
        using var attempt = new SessionAttempt(request, call.Client, RequestedHost.Of(call.Http), call.CorrelationId);
        Outcome<SessionResponse> outcome = await attempt.EnterAsync(limits, call.Aborted) is { } crowded ? crowded : await OpenAsync(attempt, call.Aborted);
        return (outcome, attempt.Attested);
    }

    private async ValueTask<Outcome<SessionResponse>> OpenAsync(SessionAttempt attempt, CancellationToken cancellationToken)
    {
        foreach (var step in steps)
        {
            if (await step.CheckAsync(attempt, cancellationToken) is { } refusal)
            {
                audit.Refused(attempt, refusal);
                return refusal;
            }
        }

        var opening = new SessionOpening(
            attempt.Attested!,
            attempt.Group!,
            attempt.Decision!,
            attempt.Policies!.Version!,
            attempt.Request.InstanceId,
            attempt.KeyThumbprint!,
            attempt.NonceExpiresAt,
            attempt.CorrelationId,
            attempt.Client.ToString());
        return await sessions.OpenAsync(opening, cancellationToken);
    }

    private static bool IsClientsFault(Refusal refusal) => refusal.Code
        is ProblemCodes.InvalidRequest or ProblemCodes.UnsupportedMediaType
        or ProblemCodes.CredentialRejected or ProblemCodes.NotAuthorized;
}
