using Onboarding.Attestation.Oidc.Keys;
using Onboarding.Core.Configuration;

namespace Onboarding.Attestation.Oidc;

/// <summary>A configured issuer.</summary>
/// <param name="Options">Its configuration.</param>
/// <param name="SubjectPath">Where the subject is.</param>
/// <param name="AttributesPath">Where the object of attributes is; null: nowhere.</param>
/// <param name="Keys">The only keys that may verify its tokens.</param>
internal sealed record TrustedIssuer(JwtIssuerOptions Options, JsonPath SubjectPath, JsonPath? AttributesPath, IIssuerKeys Keys)
{
    private static readonly JsonPath DefaultSubjectPath = JsonPath.Parse("sub");

    /// <summary>An issuer of a validated configuration.</summary>
    public static TrustedIssuer Create(JwtIssuerOptions options, IIssuerKeys keys) => new(
        options,
        options.SubjectPath is { } subject ? JsonPath.Parse(subject) : DefaultSubjectPath,
        options.AttributesPath is { } attributes ? JsonPath.Parse(attributes) : null,
        keys);
}
