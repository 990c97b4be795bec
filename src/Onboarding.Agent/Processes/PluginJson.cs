using System.Text.Json.Serialization;

namespace Onboarding.Agent.Processes;

/// <summary>JSON of plugin calls: unknown members are ignored, since plugins and agents are of different releases.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    MaxDepth = 16)]
[JsonSerializable(typeof(PluginStatus))]
[JsonSerializable(typeof(CredentialRequest))]
[JsonSerializable(typeof(CredentialResponse))]
[JsonSerializable(typeof(HostInfoResponse))]
internal sealed partial class PluginJson : JsonSerializerContext;

/// <summary>A plugin's refusal: a gRPC code and a text.</summary>
internal sealed record PluginStatus(int? Code = null, string? Message = null);

/// <summary>Request of <c>GetCredential</c>.</summary>
internal sealed record CredentialRequest(string Audience);

/// <summary>Response of <c>GetCredential</c>; the credential may carry an <c>@type</c>, which says nothing more.</summary>
internal sealed record CredentialResponse(CredentialResponse.Token? Credential = null)
{
    internal sealed record Token(string? Jwt = null);
}

/// <summary>Response of <c>GetHostInfo</c>.</summary>
internal sealed record HostInfoResponse(HostInfoResponse.HostInfo? Host = null)
{
    internal sealed record HostInfo(IReadOnlyList<Address>? Addresses = null);

    internal sealed record Address(string? Ip = null, string? Type = null);
}
