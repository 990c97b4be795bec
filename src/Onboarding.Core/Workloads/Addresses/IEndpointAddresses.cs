using System.Net;

namespace Onboarding.Core.Workloads.Addresses;

/// <summary>The endpoint's own addresses, which no workload may have.</summary>
public interface IEndpointAddresses
{
    /// <summary>Whether an address is one of the endpoint's own.</summary>
    bool Contains(IPAddress address);
}
