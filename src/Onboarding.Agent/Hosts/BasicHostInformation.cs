using System.Net.Sockets;
using Onboarding.Protocol;

namespace Onboarding.Agent.Hosts;

/// <summary>The addresses of the machine's own interfaces: the default route's first, and of each IPv4 before IPv6.</summary>
internal sealed class BasicHostInformation(INetworkView network, InterfaceFilter filter) : IHostInformation
{
    public Task<RegistrationHost> GetAsync(CancellationToken cancellationToken)
    {
        var routes = network.DefaultRoutes();
        var addresses = network.Interfaces()
            .Where(item => filter.Allows(item.Name))
            .OrderBy(item => Rank(item.Name, routes))
            .SelectMany(item => item.Addresses
                .Where(HostAddresses.CanBePublished)
                .OrderBy(address => address.AddressFamily == AddressFamily.InterNetworkV6))
            .Distinct()
            .Take(HostAddresses.Limit)
            .Select(address => new HostAddress(address.ToString(), AddressType.Vpc))
            .ToList();
        return addresses.Count > 0
            ? Task.FromResult(new RegistrationHost(addresses))
            : throw new HostInformationException(
                "no interface has an address that others can reach; check host.custom.hostinfo.basic.networkInterfaces, or use a plugin");
    }

    private static int Rank(string name, IReadOnlyList<string> routes)
    {
        for (var i = 0; i < routes.Count; i++)
        {
            if (routes[i] == name)
            {
                return i;
            }
        }

        return int.MaxValue;
    }
}
