using System.Text.Json.Serialization;

namespace Onboarding.Protocol;

/// <summary>Answer of <c>POST /v1/heartbeat</c>.</summary>
/// <param name="Restart">Whether the sidecar may be restarted to take a changed boot bundle over.</param>
/// <param name="NextHeartbeat">When to send the next one, from now.</param>
/// <param name="BootstrapRevision">Revision of the boot bundle that the agent should have; absent while there is none.</param>
public sealed record HeartbeatResponse(RestartTurn Restart, TimeSpan NextHeartbeat, string? BootstrapRevision = null);

/// <summary>Whether a sidecar may be restarted.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RestartTurn>))]
public enum RestartTurn
{
    /// <summary>There is no reason to.</summary>
    [JsonStringEnumMemberName("none")]
    None,

    /// <summary>It is this workload's turn.</summary>
    [JsonStringEnumMemberName("now")]
    Now,

    /// <summary>Not yet: others of its group are restarting.</summary>
    [JsonStringEnumMemberName("hold")]
    Hold,
}
