using System.Buffers;
using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using Onboarding.Core.Configuration;
using Onboarding.Protocol;

namespace Onboarding.Core.Workloads.Addresses;

/// <summary>
/// Which of a workload's addresses are believed. istiod looks a proxy's WorkloadEntry up by address, before its Pod and in any namespace: an
/// unverified address is a way to take over any workload.
/// </summary>
internal sealed class AddressRules(IOptionsSource options, IEndpointAddresses own)
{
    private const int MaxTextLength = 45;
    private static readonly SearchValues<char> Plainly = SearchValues.Create("0123456789abcdefABCDEF:.");

    private static readonly IPNetwork[] NeverBelieved =
    [
        IPNetwork.Parse("0.0.0.0/8"),
        IPNetwork.Parse("127.0.0.0/8"),
        IPNetwork.Parse("169.254.0.0/16"),
        IPNetwork.Parse("224.0.0.0/4"),
        IPNetwork.Parse("255.255.255.255/32"),
        IPNetwork.Parse("::/96"),
        IPNetwork.Parse("fe80::/10"),
        IPNetwork.Parse("ff00::/8"),
    ];

    /// <summary>
    /// Reads an address: plain IPv4 or IPv6. Neither a zone nor brackets, nor the octal, hexadecimal and shortened spellings of IPv4, which
    /// two readers may understand differently.
    /// </summary>
    public static IPAddress? Parse(string text) =>
        text.Length <= MaxTextLength
        && !text.AsSpan().ContainsAnyExcept(Plainly)
        && IPAddress.TryParse(text, out var address)
        && (address.AddressFamily == AddressFamily.InterNetworkV6 || address.ToString() == text)
            ? address
            : null;

    /// <summary>The address an agent's connection comes from, as it would claim it: a dual-stack socket shows IPv4 as mapped IPv6.</summary>
    public static IPAddress Plain(IPAddress peer) => peer.IsIPv4MappedToIPv6 ? peer.MapToIPv4() : peer;

    /// <summary>
    /// The addresses that are believed, in order. Where the credential vouches for any (an EC2 instance's private address), no other is
    /// believed as the VPC address.
    /// </summary>
    public ImmutableArray<BelievedAddress> Believe(IEnumerable<HostAddress> addresses, IPAddress peer, ImmutableArray<string> verified)
    {
        var connection = Plain(peer);
        var believed = ImmutableArray.CreateBuilder<BelievedAddress>();
        foreach (var claimed in addresses)
        {
            if (Parse(claimed.Ip) is { } address
                && !IsForbidden(address)
                && BasisOf(address, connection, verified) is { } basis
                && (basis == AddressBasis.Credential || verified.IsEmpty || claimed.Type != AddressType.Vpc))
            {
                believed.Add(new(address.ToString(), claimed.Type, basis));
            }
        }

        return believed.ToImmutable();
    }

    private AddressBasis? BasisOf(IPAddress address, IPAddress connection, ImmutableArray<string> verified) =>
        verified.Contains(address.ToString(), StringComparer.Ordinal) ? AddressBasis.Credential
        : address.Equals(connection) ? AddressBasis.Connection
        : options.Current.Workloads.TrustedAddresses.Any(network => network.Contains(address)) ? AddressBasis.Trusted
        : null;

    private bool IsForbidden(IPAddress address) =>
        address.IsIPv4MappedToIPv6
        || NeverBelieved.Any(network => network.Contains(address))
        || options.Current.EndpointHosts.Any(host => IPAddress.TryParse(host, out var literal) && literal.Equals(address))
        || own.Contains(address);
}
