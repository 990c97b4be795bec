using System.Net;
using Onboarding.Agent.Metadata;
using Onboarding.Agent.Metadata.Aws;
using Onboarding.Agent.Processes;
using Onboarding.Protocol;

namespace Onboarding.Agent.Hosts.Aws;

/// <summary>An EC2 instance's addresses: the private one, which its identity document has too, then the IPv6 one, then the public one.</summary>
internal sealed class Ec2HostInformation(InstanceMetadata metadata) : IHostInformation
{
    private static readonly (string Path, AddressType Type)[] Sources =
    [
        ("meta-data/local-ipv4", AddressType.Vpc),
        ("meta-data/ipv6", AddressType.Vpc),
        ("meta-data/public-ipv4", AddressType.Internet),
    ];

    public async Task<RegistrationHost> GetAsync(CancellationToken cancellationToken)
    {
        var addresses = new List<HostAddress>();
        foreach (var (path, type) in Sources)
        {
            if (await FindAsync(path, cancellationToken) is { Length: > 0 } text)
            {
                addresses.Add(Read(text, type));
            }
        }

        return addresses.Count > 0 ? new RegistrationHost(addresses) : throw new HostInformationException("the instance metadata service knows no address of this instance");
    }

    private async Task<string?> FindAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return await metadata.FindAsync(path, cancellationToken);
        }
        catch (MetadataException error)
        {
            throw new HostInformationException(error.Message, error);
        }
    }

    private static HostAddress Read(string text, AddressType type) =>
        IPAddress.TryParse(text, out var address) && HostAddresses.CanBePublished(address)
            ? new HostAddress(address.ToString(), type)
            : throw new HostInformationException($"the instance metadata service gave the address '{OneLine.Of(text)}', at which others cannot reach this instance");
}
