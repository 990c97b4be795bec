using Onboarding.Core.Resources;

namespace Onboarding.Core.Bootstrap;

/// <summary>Inputs of <c>istioctl x workload entry configure</c>.</summary>
public sealed record RenderRequest
{
    /// <summary>The group.</summary>
    public required WorkloadGroup Group { get; init; }

    /// <summary>The mesh's configuration.</summary>
    public required MeshConfiguration Mesh { get; init; }

    /// <summary>Id of the cluster whose istiod the workload talks to.</summary>
    public required string ClusterId { get; init; }

    /// <summary>The workload's address inside its network.</summary>
    public string? InternalIp { get; init; }

    /// <summary>The workload's address outside; used where there is no internal one.</summary>
    public string? ExternalIp { get; init; }

    /// <summary>Address of the gateway to istiod; null: no line for the hosts file.</summary>
    public string? IngressIp { get; init; }

    /// <summary>Istio revision; null, empty or <c>default</c>: none.</summary>
    public string? Revision { get; init; }

    /// <summary>Istio's namespace.</summary>
    /// <value><c>istio-system</c>.</value>
    public string IstioNamespace { get; init; } = IstioNames.Namespace;

    /// <summary>Whether the sidecar captures DNS; when not, the mesh's own value stays.</summary>
    /// <value><see langword="true"/>.</value>
    public bool CaptureDns { get; init; } = true;

    /// <summary>Whether istiod is to make a WorkloadEntry by itself.</summary>
    public bool AutoRegister { get; init; }
}
