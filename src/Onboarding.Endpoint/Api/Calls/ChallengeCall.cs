using Microsoft.AspNetCore.Http;
using Onboarding.Attestation.Challenges;
using Onboarding.Protocol;

namespace Onboarding.Endpoint.Api.Calls;

/// <summary><c>POST /v1/challenges</c>.</summary>
internal sealed class ChallengeCall(ChallengeIssuer challenges) : IApiCall
{
    /// <inheritdoc/>
    public CallDescription Description { get; } = new(HttpMethods.Post, "/v1/challenges", "A nonce to be bound into a credential.")
    {
        Response = ProtocolJson.Default.ChallengeResponse,
    };

    /// <inheritdoc/>
    public Task InvokeAsync(ApiContext call)
    {
        var challenge = challenges.Create();
        return call.AnswerAsync<ChallengeResponse>(new ChallengeResponse(challenge.Nonce, challenge.ExpiresAt), ProtocolJson.Default.ChallengeResponse);
    }
}
