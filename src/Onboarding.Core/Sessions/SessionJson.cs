using System.Text.Json;
using System.Text.Json.Serialization;

namespace Onboarding.Core.Sessions;

/// <summary>The JSON of sessions, their commands and replies: stored, and between silos.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    PropertyNameCaseInsensitive = false)]
[JsonSerializable(typeof(Session))]
[JsonSerializable(typeof(SessionCommand))]
[JsonSerializable(typeof(TokenReply))]
[JsonSerializable(typeof(SidecarTokenReply))]
internal sealed partial class SessionJson : JsonSerializerContext;
