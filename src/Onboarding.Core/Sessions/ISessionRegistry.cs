using Onboarding.Core.Identity;
using Onboarding.Core.Policy;
using Onboarding.Core.Resources;
using Onboarding.Protocol;

namespace Onboarding.Core.Sessions;

/// <summary>Opens, checks and renews sessions.</summary>
public interface ISessionRegistry
{
    /// <summary>Opens a session for an attested and authorized workload and issues its first onboarding token.</summary>
    ValueTask<Outcome<SessionResponse>> OpenAsync(SessionOpening opening, CancellationToken cancellationToken);

    /// <summary>
    /// Checks a bearer call: signature, type, issuer, audience and times of the token; where the call needs it,
    /// the proof of the session's key, then that the token is its session's current or previous one.
    /// </summary>
    ValueTask<Outcome<SessionContext>> AuthenticateAsync(BearerCall call, CancellationToken cancellationToken);

    /// <summary>Issues the next token of a session, after policy has allowed it again.</summary>
    ValueTask<Outcome<SessionResponse>> RenewAsync(SessionContext session, CancellationToken cancellationToken);
}

/// <summary>What is needed to open a session.</summary>
/// <param name="Attested">The identity and what proved it.</param>
/// <param name="Group">The group to join.</param>
/// <param name="Decision">The policy decision that allows it.</param>
/// <param name="PolicyVersion">The version of the snapshot that decided.</param>
/// <param name="InstanceId">The agent's instanceId; only its SHA-256 is ever stored.</param>
/// <param name="KeyThumbprint">RFC 7638 thumbprint of the session's key.</param>
/// <param name="NonceExpiresAt">When the challenge's nonce expires, where there is one.</param>
/// <param name="CorrelationId">Correlation id of the request, for the audit stream.</param>
/// <param name="Peer">The client's address, for the audit stream.</param>
public sealed record SessionOpening(
    AttestedIdentity Attested,
    WorkloadGroup Group,
    PolicyDecision Decision,
    string PolicyVersion,
    string InstanceId,
    string KeyThumbprint,
    DateTimeOffset? NonceExpiresAt,
    string CorrelationId,
    string Peer);

/// <summary>A call with an onboarding token.</summary>
/// <param name="Token">What stood behind <c>Bearer</c>.</param>
/// <param name="NeedsProof">Whether the call needs the proof of the session's key: all but the heartbeat.</param>
/// <param name="Proof">The header <c>DPoP</c>; null: absent.</param>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">The path.</param>
/// <param name="CorrelationId">Correlation id of the request, for the audit stream.</param>
/// <param name="Peer">The client's address, for the audit stream.</param>
public sealed record BearerCall(
    string Token,
    bool NeedsProof,
    string? Proof,
    string Method,
    string Path,
    string CorrelationId,
    string Peer)
{
    /// <summary>Whether it is the renewal, which checks by itself that the token is current or previous: a hop less.</summary>
    public bool IsRenewal { get; init; }
}
