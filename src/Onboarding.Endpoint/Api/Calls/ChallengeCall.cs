using Microsoft.AspNetCore.Http;
using Onboarding.Endpoint.Api.Challenges;
using Onboarding.Protocol;

namespace Onboarding.Endpoint.Api.Calls;

/// <summary><c>POST /v1/challenges</c>.</summary>
internal sealed class ChallengeCall(ChallengeStamp stamp) : IApiCall
{
    /// <inheritdoc/>
    public CallDescription Description { get; } = new(HttpMethods.Post, "/v1/challenges", "A nonce to be bound into a credential.")
    {
        Response = ProtocolJson.Default.ChallengeResponse,
    };

    /// <inheritdoc/>
    public Task InvokeAsync(ApiContext call) => call.AnswerAsync<ChallengeResponse>(stamp.Create(), ProtocolJson.Default.ChallengeResponse);
}
