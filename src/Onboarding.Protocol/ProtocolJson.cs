using System.Text.Json;
using System.Text.Json.Serialization;

namespace Onboarding.Protocol;

/// <summary>The JSON of the API: camelCase, nulls left out, duplicate keys refused, unknown members ignored.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    AllowDuplicateProperties = false,
    AllowOutOfOrderMetadataProperties = true,
    PropertyNameCaseInsensitive = false,
    NumberHandling = JsonNumberHandling.Strict,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    MaxDepth = 32,
    Converters = [typeof(DurationJsonConverter)])]
[JsonSerializable(typeof(DiscoveryResponse))]
[JsonSerializable(typeof(ChallengeResponse))]
[JsonSerializable(typeof(OpenSessionRequest))]
[JsonSerializable(typeof(SessionResponse))]
[JsonSerializable(typeof(Registration))]
[JsonSerializable(typeof(RegistrationResponse))]
[JsonSerializable(typeof(BootBundle))]
[JsonSerializable(typeof(HeartbeatRequest))]
[JsonSerializable(typeof(HeartbeatResponse))]
[JsonSerializable(typeof(SidecarTokenResponse))]
[JsonSerializable(typeof(LeaveResponse))]
[JsonSerializable(typeof(Problem))]
public sealed partial class ProtocolJson : JsonSerializerContext;
