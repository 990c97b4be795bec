using Microsoft.Extensions.Primitives;
using Onboarding.Core;
using Onboarding.Core.Sessions;
using Onboarding.Endpoint.Api.Limits;
using Onboarding.Protocol;

namespace Onboarding.Endpoint.Api.Calls;

/// <summary>A call with an onboarding token: it is authenticated, then counted, then answered.</summary>
internal abstract class BearerCall(ISessionRegistry sessions, ApiLimits limits) : IApiCall
{
    private const string Scheme = "Bearer ";
    private const int MaxTokenLength = 16 * 1024;

    /// <inheritdoc/>
    public abstract CallDescription Description { get; }

    /// <inheritdoc/>
    public async Task InvokeAsync(ApiContext call)
    {
        var outcome = await AuthenticateAsync(call);
        var refusal = outcome.IsGranted ? Count(call, outcome.Value.WorkloadKey) : outcome.Refusal;
        await (refusal is null ? AnswerAsync(call, outcome.Value!) : call.RefuseAsync(refusal));
    }

    /// <summary>Whether the call renews the session.</summary>
    protected virtual bool IsRenewal => false;

    /// <summary>Answers an authenticated call.</summary>
    protected abstract Task AnswerAsync(ApiContext call, SessionContext session);

    private Refusal? Count(ApiContext call, string workloadKey) =>
        Description.NeedsProof ? limits.CountCall(workloadKey) : limits.CountUnprovenCall(call.Client, workloadKey);

    private async ValueTask<Outcome<SessionContext>> AuthenticateAsync(ApiContext call)
    {
        var request = call.Http.Request;
        var proofs = Description.NeedsProof ? request.Headers["DPoP"] : StringValues.Empty;
        if (proofs.Count > 1)
        {
            return new Refusal(ProblemCodes.TokenInvalid, "there is more than one DPoP header");
        }

        if (request.Headers.Authorization is not [{ } authorization]
            || !authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            || authorization.Length > Scheme.Length + MaxTokenLength)
        {
            return new Refusal(ProblemCodes.TokenInvalid, "there is no single Authorization header with a bearer token of at most 16 KiB");
        }

        var bearer = new Core.Sessions.BearerCall(
            authorization[Scheme.Length..],
            Description.NeedsProof,
            proofs,
            request.Method,
            Description.Path,
            call.CorrelationId,
            call.Peer)
        {
            IsRenewal = IsRenewal,
        };
        return await sessions.AuthenticateAsync(bearer, call.Aborted);
    }
}
