using System.Text.Json.Serialization;

namespace Onboarding.Agent.Metadata.Aws;

/// <summary>JSON of AWS's metadata services: unknown members are ignored, since AWS adds some as it likes.</summary>
[JsonSourceGenerationOptions(AllowDuplicateProperties = false, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true, MaxDepth = 16)]
[JsonSerializable(typeof(RoleCredentialsReply))]
[JsonSerializable(typeof(TaskDescription))]
[JsonSerializable(typeof(ContainerDescription))]
internal sealed partial class AwsJson : JsonSerializerContext;
