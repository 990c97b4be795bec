namespace Onboarding.Protocol;

/// <summary>Answer of <c>POST /v1/sessions</c> and <c>POST /v1/sessions/renew</c>.</summary>
/// <param name="Token">The onboarding token, for <c>Authorization: Bearer</c>.</param>
/// <param name="ExpiresAt">When the token stops being accepted.</param>
/// <param name="RenewAfter">When to renew it: half of its validity ±10 %.</param>
public sealed record SessionResponse(string Token, DateTimeOffset ExpiresAt, DateTimeOffset RenewAfter);
