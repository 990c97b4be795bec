using System.Text.Json.Serialization;

namespace Onboarding.Protocol;

/// <summary>An OpenID Connect ID token issued for the endpoint's uid.</summary>
/// <param name="Jwt">The token in JWS compact serialization, at most 16 KiB (RFC 7519).</param>
public sealed record JwtCredential(string Jwt) : Credential
{
    /// <summary><c>jwt</c>.</summary>
    public const string KindName = "jwt";

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Kind => KindName;
}
