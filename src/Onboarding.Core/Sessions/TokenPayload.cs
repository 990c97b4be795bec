using System.Text.Json;
using System.Text.Json.Serialization;

namespace Onboarding.Core.Sessions;

/// <summary>The JSON of an onboarding token's claims.</summary>
internal sealed record TokenPayload(
    string Iss,
    string Aud,
    string Sub,
    string Sid,
    long Epoch,
    string Jti,
    long Iat,
    long Nbf,
    long Exp,
    TokenPayload.Confirmation Cnf,
    TokenPayload.WorkloadClaims Claims)
{
    internal sealed record Confirmation(string Jkt);

    /// <param name="WorkloadGroup">The group.</param>
    /// <param name="Workload">The digest that ends the workload's key.</param>
    internal sealed record WorkloadClaims([property: JsonPropertyName("workload_group")] GroupClaim WorkloadGroup, string Workload);

    internal sealed record GroupClaim(string Namespace, string Name);
}

[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    AllowDuplicateProperties = false,
    PropertyNameCaseInsensitive = false,
    NumberHandling = JsonNumberHandling.Strict,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    MaxDepth = 4)]
[JsonSerializable(typeof(TokenPayload))]
internal sealed partial class TokenJson : JsonSerializerContext;
