using System.Net;

namespace Onboarding.Agent.Hosts;

/// <summary>A network interface of this machine.</summary>
/// <param name="Name">Its name, e.g. <c>eth0</c>.</param>
/// <param name="Addresses">Its addresses, as the system lists them.</param>
internal sealed record LocalInterface(string Name, IReadOnlyList<IPAddress> Addresses);
