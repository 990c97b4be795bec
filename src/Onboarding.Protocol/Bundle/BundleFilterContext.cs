namespace Onboarding.Protocol.Bundle;

/// <summary>What a filter knows of the machine that a bundle is for.</summary>
public sealed record BundleFilterContext
{
    /// <summary>Further variables that the machine's owner allows (<c>sidecar.istio.environment</c> of its agent.config.yaml); null at the control plane, which does not know them: the agent decides.</summary>
    public IReadOnlyCollection<string>? AllowedByOwner { get; init; }

    /// <summary>Names no hosts line may stand for: the machine's own, the endpoint's, the issuers'.</summary>
    public IReadOnlyCollection<string> ForbiddenHostNames { get; init; } = [];
}
