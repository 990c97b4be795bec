namespace Onboarding.Protocol;

/// <summary>Answer of <c>GET /v1/discovery</c>: what an agent must know before it attests.</summary>
/// <param name="Uid">The endpoint's uid: the audience that credentials must be issued for.</param>
/// <param name="HeartbeatInterval">Interval between heartbeats.</param>
/// <param name="MinAgentVersion">Oldest agent release that this endpoint serves.</param>
/// <param name="Credentials">Credential kinds that the endpoint accepts, e.g. <c>jwt</c>.</param>
public sealed record DiscoveryResponse(
    string Uid,
    TimeSpan HeartbeatInterval,
    string MinAgentVersion,
    IReadOnlyList<string> Credentials);
