using System.Net;
using System.Net.NetworkInformation;
using Onboarding.Core.Workloads.Addresses;

namespace Onboarding.Endpoint.Listeners;

/// <summary>The addresses of this machine's interfaces, looked up again when a minute has passed.</summary>
public sealed class MachineAddresses(TimeProvider time) : IEndpointAddresses
{
    private static readonly TimeSpan GoodFor = TimeSpan.FromMinutes(1);

    private volatile Lookup? last;

    /// <inheritdoc/>
    public bool Contains(IPAddress address)
    {
        var lookup = last;
        if (lookup is null || time.GetUtcNow() - lookup.At >= GoodFor)
        {
            last = lookup = new Lookup(time.GetUtcNow(), [.. AddressesOfInterfaces()]);
        }

        return lookup.Addresses.Contains(address);
    }

    private static IEnumerable<IPAddress> AddressesOfInterfaces() =>
        NetworkInterface.GetAllNetworkInterfaces()
            .SelectMany(network => network.GetIPProperties().UnicastAddresses)
            // Without the zone, which an address that is claimed never has.
            .Select(unicast => new IPAddress(unicast.Address.GetAddressBytes()));

    private sealed record Lookup(DateTimeOffset At, HashSet<IPAddress> Addresses);
}
