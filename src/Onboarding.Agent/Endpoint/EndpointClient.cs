using System.Net;
using System.Text.Json;
using Onboarding.Protocol;

namespace Onboarding.Agent.Endpoint;

/// <summary>The calls of the onboarding API.</summary>
internal sealed class EndpointClient(EndpointTransport transport)
{
    private const int MaxRevisionLength = 128;

    /// <summary>The endpoint's time.</summary>
    public EndpointClock Clock => transport.Clock;

    /// <summary>The name the endpoint is known by, which its certificate was verified against.</summary>
    public string Name => transport.Name;

    public async Task<DiscoveryResponse> DiscoverAsync(CancellationToken cancellationToken)
    {
        var reply = await transport.SendAsync(new EndpointCall(HttpMethod.Get, "/v1/discovery"), cancellationToken);
        return reply.Read(ProtocolJson.Default.DiscoveryResponse);
    }

    /// <summary>A nonce to be signed within the minute.</summary>
    public async Task<ChallengeResponse> ChallengeAsync(CancellationToken cancellationToken)
    {
        var reply = await transport.SendAsync(new EndpointCall(HttpMethod.Post, "/v1/challenges"), cancellationToken);
        return reply.Read(ProtocolJson.Default.ChallengeResponse);
    }

    public async Task<SessionResponse> OpenSessionAsync(OpenSessionRequest request, CancellationToken cancellationToken)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(request, ProtocolJson.Default.OpenSessionRequest);
        var reply = await transport.SendAsync(new EndpointCall(HttpMethod.Post, "/v1/sessions") { Body = body }, cancellationToken);
        return reply.Read(ProtocolJson.Default.SessionResponse);
    }

    public async Task<SessionResponse> RenewAsync(AgentSession session, CancellationToken cancellationToken)
    {
        var reply = await transport.SendAsync(Proven(HttpMethod.Post, "/v1/sessions/renew", session), cancellationToken);
        return reply.Read(ProtocolJson.Default.SessionResponse);
    }

    public async Task<RegistrationResponse> RegisterAsync(AgentSession session, Registration registration, CancellationToken cancellationToken)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(registration, ProtocolJson.Default.Registration);
        var reply = await transport.SendAsync(Proven(HttpMethod.Put, "/v1/registration", session) with { Body = body }, cancellationToken);
        return reply.Read(ProtocolJson.Default.RegistrationResponse);
    }

    /// <summary>The boot bundle; null: it is still of the known revision.</summary>
    public async Task<BootBundle?> GetBootstrapAsync(AgentSession session, string? knownRevision, CancellationToken cancellationToken)
    {
        var call = Proven(HttpMethod.Get, "/v1/bootstrap", session) with { IfNoneMatch = knownRevision, Limit = ReplyBounds.Bundle };
        var reply = await transport.SendAsync(call, cancellationToken);
        if (reply.Status == HttpStatusCode.NotModified)
        {
            return null;
        }

        var bundle = reply.Read(ProtocolJson.Default.BootBundle);
        return bundle.Revision.Length is > 0 and <= MaxRevisionLength && bundle.Revision.All(character => char.IsAsciiLetterOrDigit(character) || "-_.:+=".Contains(character, StringComparison.Ordinal))
            ? bundle
            : throw new EndpointException("the endpoint's boot bundle has a revision that is none", EndpointFailure.Malformed);
    }

    /// <summary>The sidecar's token; null: the endpoint issues none.</summary>
    public async Task<SidecarTokenResponse?> GetSidecarTokenAsync(AgentSession session, CancellationToken cancellationToken)
    {
        var reply = await transport.SendAsync(Proven(HttpMethod.Post, "/v1/sidecar-token", session), cancellationToken);
        return reply.Status == HttpStatusCode.NoContent ? null : reply.Read(ProtocolJson.Default.SidecarTokenResponse);
    }

    public async Task<HeartbeatResponse> HeartbeatAsync(AgentSession session, SidecarStatus sidecar, CancellationToken cancellationToken)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new HeartbeatRequest(sidecar), ProtocolJson.Default.HeartbeatRequest);
        var call = new EndpointCall(HttpMethod.Post, "/v1/heartbeat") { Session = session, Body = body };
        return (await transport.SendAsync(call, cancellationToken)).Read(ProtocolJson.Default.HeartbeatResponse);
    }

    public async Task<LeaveResponse> LeaveAsync(AgentSession session, CancellationToken cancellationToken)
    {
        var reply = await transport.SendAsync(Proven(HttpMethod.Delete, "/v1/registration", session), cancellationToken);
        return reply.Read(ProtocolJson.Default.LeaveResponse);
    }

    private static EndpointCall Proven(HttpMethod method, string path, AgentSession session) =>
        new(method, path) { Session = session, NeedsProof = true };
}
