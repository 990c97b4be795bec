using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Onboarding.Agent.Life;

namespace Onboarding.Agent.Status;

/// <summary>How a running agent stands, as it writes it down for <c>onboarding-agent status</c>. It holds neither token nor key.</summary>
internal sealed record AgentStatus
{
    /// <summary>The agent's release.</summary>
    public required string Version { get; init; }

    /// <summary>Its process id.</summary>
    public required int Process { get; init; }

    /// <summary>When that process started, see <see cref="Sidecar.ProcessStart"/>.</summary>
    public required long ProcessStarted { get; init; }

    /// <summary>The group it joins, <c>namespace/name</c>.</summary>
    public required string Group { get; init; }

    /// <summary>Where its life stands.</summary>
    public LifeState State { get; init; }

    /// <summary>Since when, by this machine's clock.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>The registration's name; null: it was never registered.</summary>
    public string? Name { get; init; }

    /// <summary>When the endpoint last answered a heartbeat.</summary>
    public DateTimeOffset? LastHeartbeat { get; init; }

    /// <summary>When the session's token expires, by the endpoint's clock.</summary>
    public DateTimeOffset? TokenExpiresAt { get; init; }

    /// <summary>When it is renewed, by the endpoint's clock.</summary>
    public DateTimeOffset? TokenRenewedAfter { get; init; }

    /// <summary>Revision of the boot bundle whose files are written.</summary>
    public string? BundleRevision { get; init; }

    /// <summary>Seconds that the endpoint's clock is ahead of this machine's; negative: behind.</summary>
    public double? ClockDifferenceSeconds { get; init; }

    /// <summary>What went wrong last, with the endpoint's correlation id where it answered.</summary>
    public LastError? LastError { get; init; }

    /// <summary>What of a member's duties fails now, and why.</summary>
    public ImmutableSortedDictionary<Duty, string> Failing { get; init; } = ImmutableSortedDictionary<Duty, string>.Empty;
}

/// <summary>Something that went wrong.</summary>
/// <param name="At">When.</param>
/// <param name="Text">What.</param>
internal sealed record LastError(DateTimeOffset At, string Text);

/// <summary>The JSON of the status.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    WriteIndented = true,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(AgentStatus))]
internal sealed partial class StatusJson : JsonSerializerContext;
