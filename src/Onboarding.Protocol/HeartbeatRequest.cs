using System.Text.Json.Serialization;

namespace Onboarding.Protocol;

/// <summary>Body of <c>POST /v1/heartbeat</c>.</summary>
/// <param name="Sidecar">What the agent sees of the sidecar.</param>
public sealed record HeartbeatRequest(SidecarStatus Sidecar);

/// <summary>What the agent sees of the sidecar.</summary>
/// <param name="State">Its state.</param>
/// <param name="Version">Its release, where known.</param>
/// <param name="Revision">Its Istio revision, where known.</param>
/// <param name="ConfigRevision">Revision of the boot bundle that it was started with.</param>
public sealed record SidecarStatus(SidecarState State, string? Version = null, string? Revision = null, string? ConfigRevision = null);

/// <summary>State of a sidecar.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SidecarState>))]
public enum SidecarState
{
    /// <summary>Not installed.</summary>
    Missing,

    /// <summary>Installed, not running.</summary>
    Stopped,

    /// <summary>Running, not yet ready.</summary>
    Starting,

    /// <summary>Ready to take traffic.</summary>
    Ready,
}
