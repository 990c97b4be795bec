using System.Net;
using System.Net.Sockets;

namespace Onboarding.Endpoint.Listeners;

/// <summary>Addresses as they are counted.</summary>
internal static class AddressBlock
{
    private const int SubnetBytes = 8;

    /// <summary>An IPv4 address as such, also where it came as an IPv4-mapped IPv6 one.</summary>
    public static IPAddress Normalize(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    /// <summary>An IPv4 address, or the /64 of an IPv6 one: a host picks the rest of it as it likes.</summary>
    public static IPAddress Of(IPAddress address)
    {
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return address;
        }

        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        bytes[SubnetBytes..].Clear();
        return new IPAddress(bytes);
    }
}
