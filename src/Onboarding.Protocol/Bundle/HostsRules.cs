using System.Collections.Frozen;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace Onboarding.Protocol.Bundle;

/// <summary>Which lines may stand in a machine's hosts file: istiod's names at the gateway's address, and aliases in 127.0.0.0/8.</summary>
internal static class HostsRules
{
    private const int MaxAliases = 1000;

    private static readonly FrozenSet<string> Reserved = new[]
    {
        "localhost", "ip6-localhost", "ip6-loopback", "ip6-localnet", "ip6-mcastprefix", "ip6-allnodes", "ip6-allrouters", "broadcasthost",
        "metadata", "metadata.google.internal", "metadata.goog", "instance-data", "instance-data.ec2.internal", "metadata.tencentyun.com", "metadata.packet.net",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>STS in every partition: credentials are sent there.</summary>
    private static readonly Regex Sts = new(
        @"^sts(-fips)?\.([a-z0-9-]+\.)?(amazonaws\.com(\.cn)?|amazonaws\.eu|c2s\.ic\.gov|sc2s\.sgov\.gov|cloud\.adc-e\.uk|csp\.hci\.ic\.gov)\z",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant);

    public static IReadOnlyList<HostsEntry> Apply(
        IReadOnlyList<HostsEntry> entries, IReadOnlyCollection<string> forbidden, IEnumerable<string> dialled, List<DroppedPart> dropped)
    {
        var hasTooMany = entries.Count(entry => IsLoopback(entry.Address)) > MaxAliases;
        if (hasTooMany)
        {
            dropped.Add(new DroppedPart("hosts", $"has more than {MaxAliases} aliases; none is written"));
        }

        var taken = new HashSet<string>([.. forbidden, .. dialled], StringComparer.OrdinalIgnoreCase);
        var kept = new List<HostsEntry>();
        foreach (var entry in entries.Where(entry => !hasTooMany || !IsLoopback(entry.Address)))
        {
            if (RefuseAddress(entry.Address) is { } reason)
            {
                dropped.Add(new DroppedPart("hosts", reason));
                continue;
            }

            var names = entry.Names.Where(name => Keep(entry.Address, name, taken, dropped)).ToList();
            if (names.Count > 0)
            {
                kept.Add(new HostsEntry(entry.Address, names));
            }
        }

        return kept;
    }

    private static bool Keep(string address, string name, HashSet<string> taken, List<DroppedPart> dropped)
    {
        var reason = !NetworkText.IsDnsName(name) || IPAddress.TryParse(name, out _) ? "is not a DNS name"
            : Reserved.Contains(name) || IsLocal(name) ? "is a name of every machine or of a metadata service"
            : Sts.IsMatch(name) ? "is where credentials are checked"
            : !IsLoopback(address) && !NetworkText.IsIstiod(name) ? "is not istiod's; other names may only stand for an address in 127.0.0.0/8"
            : !taken.Add(name) ? "is taken by an earlier line, or is a name of the machine, the endpoint, the gateway or an issuer"
            : null;
        if (reason is not null)
        {
            dropped.Add(new DroppedPart($"hosts[{address}].{(NetworkText.IsDnsName(name) ? name : "?")}", reason));
        }

        return reason is null;
    }

    private static bool IsLocal(string name) =>
        name.StartsWith("localhost.", StringComparison.Ordinal) || name.EndsWith(".localhost", StringComparison.Ordinal);

    private static bool IsLoopback(string address) =>
        NetworkText.IsAddress(address) && IPAddress.Parse(address).AddressFamily == AddressFamily.InterNetwork && address.StartsWith("127.", StringComparison.Ordinal);

    private static string? RefuseAddress(string text)
    {
        if (!NetworkText.IsAddress(text))
        {
            return "has a line without an IP address";
        }

        var address = IPAddress.Parse(text);
        var bytes = address.GetAddressBytes();
        var isUsable = address.AddressFamily == AddressFamily.InterNetwork
            ? bytes[0] is not 0 and < 224 && !(bytes[0] == 169 && bytes[1] == 254)
            : !(address.IsIPv6LinkLocal || address.IsIPv6Multicast || address.IsIPv4MappedToIPv6 || address.Equals(IPAddress.IPv6Any) || address.Equals(IPAddress.IPv6Loopback));
        return isUsable ? null : $"has a line for {text}, which is no address of a gateway";
    }
}
