using System.Collections.Immutable;
using System.Net;

namespace Onboarding.Core.Identity;

/// <summary>An identity with what its credential proved besides.</summary>
/// <param name="Identity">The identity.</param>
/// <param name="CredentialKind">The credential's kind on the wire, e.g. <c>jwt</c>.</param>
/// <param name="CredentialHash">Lower-case hex SHA-256 of the credential (of a JWT: of its signing input); all that is ever stored of it.</param>
/// <param name="IssuedAt">When it was issued; what a deny list's <c>before</c> is compared with.</param>
/// <param name="ExpiresAt">Until when it must be remembered as used.</param>
public sealed record AttestedIdentity(
    WorkloadIdentity Identity,
    string CredentialKind,
    string CredentialHash,
    DateTimeOffset IssuedAt,
    DateTimeOffset ExpiresAt)
{
    /// <summary>Addresses that the credential itself vouches for.</summary>
    public ImmutableArray<IPAddress> VerifiedAddresses { get; init; } = [];

    /// <summary>RFC 7638 thumbprint of the only session key that the credential is good with (<c>cnf.jkt</c>, RFC 7800); null: any.</summary>
    public string? KeyThumbprint { get; init; }

    /// <summary>The challenge it answers; null where the kind has none.</summary>
    public string? Nonce { get; init; }

    /// <summary>Whether it is a proof of the machine itself, now, and therefore always takes over.</summary>
    public bool ProvesMachine { get; init; }
}
