using System.Diagnostics.CodeAnalysis;
using System.Net;
using Onboarding.Attestation;
using Onboarding.Core;
using Onboarding.Core.Identity;
using Onboarding.Core.Policy;
using Onboarding.Core.Resources;
using Onboarding.Endpoint.Api.Limits;
using Onboarding.Protocol;

namespace Onboarding.Endpoint.Api.Opening;

/// <summary>An attempt to open a session, and what its steps have learnt so far.</summary>
/// <param name="request">What was asked.</param>
/// <param name="client">The client's address.</param>
/// <param name="host">The name by which the client reached us; null: it named none.</param>
/// <param name="correlationId">The correlation id.</param>
internal sealed class SessionAttempt(OpenSessionRequest request, IPAddress client, string? host, string correlationId) : IDisposable
{
    private static readonly Refusal Crowded = new(ProblemCodes.RateLimited, "too many sessions are being opened", RetryAfter: TimeSpan.FromSeconds(2));

    /// <summary>What was asked.</summary>
    public OpenSessionRequest Request { get; } = request;

    /// <summary>The client's address.</summary>
    public IPAddress Client { get; } = client;

    /// <summary>The name by which the client reached us, in its own words.</summary>
    public string? Host { get; } = host;

    /// <summary>The correlation id.</summary>
    public string CorrelationId { get; } = correlationId;

    /// <summary>RFC 7638 thumbprint of the session's key, once its shape is known to be right.</summary>
    [DisallowNull]
    public string? KeyThumbprint { get; set; }

    /// <summary>When the challenge expires, where the credential has one.</summary>
    public DateTimeOffset? NonceExpiresAt { get; set; }

    /// <summary>The turn to open a session.</summary>
    public IDisposable? Turn { get; private set; }

    /// <summary>What the credential claims, until somebody else has proven it; null: its kind needs nobody else.</summary>
    public IClaim? Claim { get; set; }

    /// <summary>Whether the claim's IAM role makes a difference.</summary>
    public bool NeedsRole { get; set; }

    /// <summary>What the credential proved, once it is verified.</summary>
    [DisallowNull]
    public AttestedIdentity? Attested { get; set; }

    /// <summary>The policies that decide; null: the namespace holds no group.</summary>
    public NamespaceSnapshot? Policies { get; set; }

    /// <summary>The group; null: there is no such group.</summary>
    public WorkloadGroup? Group { get; set; }

    /// <summary>The decision that allows it.</summary>
    [DisallowNull]
    public PolicyDecision? Decision { get; set; }

    /// <summary>Waits for a turn.</summary>
    /// <returns>The refusal where too many wait already.</returns>
    public async ValueTask<Refusal?> EnterAsync(ApiLimits limits, CancellationToken cancellationToken)
    {
        var turn = await limits.EnterAsync(cancellationToken);
        Turn = turn;
        return turn.IsAcquired ? null : Crowded;
    }

    /// <inheritdoc/>
    public void Dispose() => Turn?.Dispose();
}
