namespace Onboarding.Protocol;

/// <summary>Answer of <c>POST /v1/challenges</c>.</summary>
/// <param name="Nonce">To be bound into the credential, base64url.</param>
/// <param name="ExpiresAt">When it stops being accepted, at most 60 s ahead.</param>
public sealed record ChallengeResponse(string Nonce, DateTimeOffset ExpiresAt);
