using System.Collections.Immutable;

namespace Onboarding.Core.Configuration;

/// <summary>An entry of <c>authentication.jwt.issuers</c>.</summary>
public sealed record JwtIssuerOptions
{
    /// <summary>The issuer: an <c>https</c> URI that equals <c>iss</c> byte for byte; unique.</summary>
    public required string Issuer { get; init; }

    /// <summary>Its part in workload names: <c>^[0-9a-z]+(-[0-9a-z]+)*$</c>, unique.</summary>
    public required string ShortName { get; init; }

    /// <summary>Where its keys are, <c>https</c>; null with <see cref="Jwks"/> or for OIDC discovery.</summary>
    public Uri? JwksUri { get; init; }

    /// <summary>Its keys, inline: a JSON Web Key Set (RFC 7517 section 5).</summary>
    public string? Jwks { get; init; }

    /// <summary><c>tokenFields.subject.jsonPath</c>: the claim that is the subject.</summary>
    /// <value><c>sub</c>.</value>
    public string? SubjectPath { get; init; }

    /// <summary><c>tokenFields.attributes.jsonPath</c>: the object of string attributes; null: none.</summary>
    public string? AttributesPath { get; init; }

    /// <summary>Audiences that replace the uid; empty: the uid.</summary>
    public ImmutableArray<string> Audiences { get; init; } = [];

    /// <summary>Longest lifetime of a token: <c>exp</c> − <c>iat</c>, or − now without <c>iat</c>.</summary>
    /// <value>24 h.</value>
    public TimeSpan MaxTokenLifetime { get; init; } = TimeSpan.FromHours(24);

    /// <summary><c>maxSessionLifetime</c> for this issuer; null: the common one.</summary>
    public TimeSpan? MaxSessionLifetime { get; init; }

    /// <summary>PEM file with the CAs that may vouch for the issuer's server, resolved against the configuration file's directory; null: the system's.</summary>
    public string? CaFile { get; init; }
}
