using System.Net;
using System.Net.Sockets;

namespace Onboarding.Agent.Hosts;

/// <summary>Rules about addresses that hold wherever they come from.</summary>
internal static class HostAddresses
{
    /// <summary>The most that a registration may have.</summary>
    public const int Limit = 8;

    /// <summary>Whether others could reach the VM at it: no loopback, link-local, multicast, unspecified, broadcast, mapped or zoned address.</summary>
    public static bool CanBePublished(IPAddress address)
    {
        if (address.AddressFamily == AddressFamily.InterNetworkV6)
        {
            return !(address.IsIPv6LinkLocal || address.IsIPv6Multicast || address.IsIPv4MappedToIPv6 || address.ScopeId != 0
                || IPAddress.IsLoopback(address) || address.Equals(IPAddress.IPv6Any));
        }

        return address.GetAddressBytes() switch
        {
            [0 or 127 or >= 224, ..] => false,
            [169, 254, ..] => false,
            _ => true,
        };
    }
}
