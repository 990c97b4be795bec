using System.Globalization;
using Onboarding.Protocol;
using Onboarding.Protocol.Bundle;

namespace Onboarding.Core.Bootstrap;

/// <summary>The gateway over which a sidecar reaches istiod.</summary>
/// <param name="Host">Its address, or its host name.</param>
/// <param name="Port">Its port for istiod where it is told; null: istiod's own.</param>
/// <param name="IstiodHost">istiod's name in its cluster, which its certificate has.</param>
internal sealed record Gateway(string Host, int? Port, string IstiodHost)
{
    /// <summary>Whether it is known by name (every load balancer of AWS): then no hosts line can stand for it.</summary>
    public bool IsHostName => !NetworkText.IsAddress(Host);

    /// <summary>What the sidecar dials; null: what is configured, which a hosts line leads to the gateway.</summary>
    public string? DiscoveryAddress =>
        IsHostName ? $"{Host}:{Text(Port ?? IstioNames.DiscoveryPort)}"
        : Port is { } port ? $"{IstiodHost}:{Text(port)}"
        : null;

    /// <summary>The gateway of a workload; null: it is not known.</summary>
    public static Gateway? Of(BootBundleRequest request)
    {
        var istiod = IstioNames.IstiodHost(request.Revision, IstioNames.Namespace);
        return request.Options.CustomGateway is { } custom ? new Gateway(custom.Host.ToLowerInvariant(), custom.Port, istiod)
            : request.Resources.GatewayAddress is { Length: > 0 } address ? new Gateway(address.ToLowerInvariant(), null, istiod)
            : null;
    }

    /// <summary>The hosts lines that lead istiod's names to the gateway: its own, and the one that is dialled.</summary>
    public IReadOnlyList<HostsEntry> Hosts(string discoveryAddress)
    {
        var dialled = discoveryAddress[..Math.Max(discoveryAddress.LastIndexOf(':'), 0)];
        var names = dialled == IstiodHost || !dialled.StartsWith("istiod", StringComparison.Ordinal) ? new[] { IstiodHost } : [IstiodHost, dialled];
        return IsHostName ? [] : [new HostsEntry(Host, names)];
    }

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);
}
