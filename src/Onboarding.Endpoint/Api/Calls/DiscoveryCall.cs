using Microsoft.AspNetCore.Http;
using Onboarding.Attestation;
using Onboarding.Core.Configuration;
using Onboarding.Protocol;

namespace Onboarding.Endpoint.Api.Calls;

/// <summary><c>GET /v1/discovery</c>.</summary>
internal sealed class DiscoveryCall(IOptionsSource options, IEnumerable<ICredentialVerifier> verifiers, IEnumerable<IClaimVerifier> claimVerifiers) : IApiCall
{
    private readonly ICredentialKind[] kinds = [.. claimVerifiers.Concat<ICredentialKind>(verifiers).OrderBy(verifier => verifier.Kind, StringComparer.Ordinal)];

    /// <inheritdoc/>
    public CallDescription Description { get; } = new(HttpMethods.Get, "/v1/discovery", "What an agent must know before it attests.")
    {
        Response = ProtocolJson.Default.DiscoveryResponse,
        ServesAnyAgent = true,
    };

    /// <inheritdoc/>
    public Task InvokeAsync(ApiContext call) =>
        call.AnswerAsync<DiscoveryResponse>(
            new DiscoveryResponse(
                options.Uid,
                options.Current.Workloads.HeartbeatInterval,
                AgentVersion.Oldest.ToString(),
                [.. kinds.Where(kind => kind.IsEnabled).Select(kind => kind.Kind)]),
            ProtocolJson.Default.DiscoveryResponse);
}
