using System.Net;
using Onboarding.Agent.Metadata;
using Onboarding.Agent.Metadata.Aws;
using Onboarding.Protocol;

namespace Onboarding.Agent.Hosts.Aws;

/// <summary>The addresses of an ECS task that has a network interface of its own, IPv4 before IPv6. Others share their instance's, behind which they cannot be told apart.</summary>
internal sealed class EcsHostInformation(TaskMetadata metadata) : IHostInformation
{
    private const string OwnInterface = "awsvpc";

    public async Task<RegistrationHost> GetAsync(CancellationToken cancellationToken)
    {
        var networks = (await DescribeAsync(cancellationToken)).Networks ?? [];
        var addresses = networks
            .Where(network => network.NetworkMode == OwnInterface)
            .SelectMany(network => (network.IPv4Addresses ?? []).Concat(network.IPv6Addresses ?? []))
            .Select(text => IPAddress.TryParse(text, out var address) ? address : IPAddress.None)
            .Where(HostAddresses.CanBePublished)
            .Distinct()
            .Take(HostAddresses.Limit)
            .Select(address => new HostAddress(address.ToString(), AddressType.Vpc))
            .ToList();
        return addresses.Count > 0
            ? new RegistrationHost(addresses)
            : throw new HostInformationException($"the task has no address of its own: set networkMode {OwnInterface} in its task definition");
    }

    private async Task<ContainerDescription> DescribeAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await metadata.GetContainerAsync(cancellationToken);
        }
        catch (MetadataException error)
        {
            throw new HostInformationException(error.Message, error);
        }
    }
}
