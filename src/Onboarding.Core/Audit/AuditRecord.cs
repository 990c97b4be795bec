namespace Onboarding.Core.Audit;

/// <summary>One line of the audit stream: a decision or an administrative act. It holds hashes, never a credential or token.</summary>
public sealed record AuditRecord
{
    /// <summary>When.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>What was attempted, e.g. <c>session.open</c>, <c>registration.put</c>, <c>session.revoke</c>.</summary>
    public required string Act { get; init; }

    /// <summary><c>granted</c>, <c>refused</c> or <c>done</c>.</summary>
    public required string Verdict { get; init; }

    /// <summary>Correlation id of the request; for what we did by ourselves: a random one.</summary>
    public required string CorrelationId { get; init; }

    /// <summary>The connection's peer, or what a trusted proxy says of it.</summary>
    public string? Peer { get; init; }

    /// <summary>Kind of credential.</summary>
    public string? CredentialKind { get; init; }

    /// <summary>Hex SHA-256 of the credential.</summary>
    public string? CredentialHash { get; init; }

    /// <summary>The identity's proven fields.</summary>
    public Identity.WorkloadIdentity? Identity { get; init; }

    /// <summary>The group, <c>namespace/name</c>.</summary>
    public string? Group { get; init; }

    /// <summary>The registration's name.</summary>
    public string? Workload { get; init; }

    /// <summary>The policy that allowed.</summary>
    public string? Policy { get; init; }

    /// <summary>Index of its rule.</summary>
    public int? Rule { get; init; }

    /// <summary>Version of the policies that decided.</summary>
    public string? PolicyVersion { get; init; }

    /// <summary>The stable code of a refusal.</summary>
    public string? Code { get; init; }

    /// <summary>The first thing that failed, or why it was done.</summary>
    public string? Reason { get; init; }

    /// <summary>The address that was published or refused.</summary>
    public string? Address { get; init; }

    /// <summary>Hex SHA-256 of the session id.</summary>
    public string? SessionHash { get; init; }

    /// <summary>Hex SHA-256 of the token id.</summary>
    public string? TokenHash { get; init; }

    /// <summary>The session's epoch.</summary>
    public long? Epoch { get; init; }
}
