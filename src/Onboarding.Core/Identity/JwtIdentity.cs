using System.Collections.Immutable;

namespace Onboarding.Core.Identity;

/// <summary>An identity that an OpenID Connect issuer vouches for.</summary>
/// <param name="Issuer">The issuer, an <c>https</c> URI, compared byte for byte.</param>
/// <param name="Subject">The subject: ASCII, not empty, without control characters.</param>
/// <param name="Attributes">The token's string attributes.</param>
public sealed record JwtIdentity(string Issuer, string Subject, ImmutableSortedDictionary<string, string> Attributes) : WorkloadIdentity
{
    /// <inheritdoc/>
    public bool Equals(JwtIdentity? other) =>
        other is not null
        && string.Equals(Issuer, other.Issuer, StringComparison.Ordinal)
        && string.Equals(Subject, other.Subject, StringComparison.Ordinal)
        && Attributes.SequenceEqual(other.Attributes);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Issuer, Subject, Attributes.Count);
}
