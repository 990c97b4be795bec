namespace Onboarding.Core.Workloads;

/// <summary>A credential that opened a session.</summary>
/// <param name="Hash">Its hash.</param>
/// <param name="Instance">Hash of the instanceId that showed it.</param>
/// <param name="ExpiresAt">Until when it is remembered.</param>
internal sealed record UsedCredential(string Hash, string Instance, DateTimeOffset ExpiresAt);

/// <summary>A challenge that was answered.</summary>
/// <param name="Hash">Hash of the nonce.</param>
/// <param name="Session">Hash of the id of the session it opened: a repeated opening is not refused by its own nonce.</param>
/// <param name="RefusedUntil">Until when another is refused with it.</param>
internal sealed record UsedNonce(string Hash, string Session, DateTimeOffset RefusedUntil);
