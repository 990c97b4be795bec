namespace Onboarding.Protocol;

/// <summary>Answer of <c>POST /v1/sidecar-token</c>.</summary>
/// <param name="Token">The service-account token that the sidecar shows to istiod.</param>
/// <param name="ExpiresAt">When it expires.</param>
public sealed record SidecarTokenResponse(string Token, DateTimeOffset ExpiresAt);
