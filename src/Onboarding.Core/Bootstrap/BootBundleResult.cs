using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Onboarding.Protocol;
using Onboarding.Protocol.Bundle;

namespace Onboarding.Core.Bootstrap;

/// <summary>A workload's boot bundle, or that no gateway is known over which its sidecar could reach istiod.</summary>
public sealed record BootBundleResult
{
    /// <summary>The bundle; null: <c>BootstrapReady=False, reason: GatewayUnknown</c>.</summary>
    public BootBundle? Bundle { get; init; }

    /// <summary>Whether there is one.</summary>
    [MemberNotNullWhen(true, nameof(Bundle))]
    public bool IsReady => Bundle is not null;

    /// <summary>What was not delivered and why, for condition <c>BootstrapFiltered</c>.</summary>
    public ImmutableArray<DroppedPart> Dropped { get; init; } = [];

    /// <summary>Whether there were so many aliases that none is delivered: reason <c>TooManyAliases</c>.</summary>
    public bool HasTooManyAliases { get; init; }

    /// <summary>What was assumed, or could not be expanded, in sentences for people: absent ConfigMaps, hosts without an alias.</summary>
    public ImmutableArray<string> Notes { get; init; } = [];

    /// <summary>Name of the Sidecar with ingress listeners that applies, <c>namespace/name</c>; null: none, the workload listens nowhere (<c>SidecarConfigured=False</c>).</summary>
    public string? Sidecar { get; init; }
}
