using System.Globalization;
using System.Net.NetworkInformation;

namespace Onboarding.Agent.Hosts;

/// <summary>Interfaces from the system, routes from <c>/proc/net</c>.</summary>
/// <param name="root">The root below which <c>/proc</c> is read.</param>
internal sealed class SystemNetworkView(string root) : INetworkView
{
    private const string NoAddress4 = "00000000";
    private const string NoAddress6 = "00000000000000000000000000000000";

    public IReadOnlyList<LocalInterface> Interfaces() =>
    [
        .. NetworkInterface.GetAllNetworkInterfaces()
            .Where(item => item.OperationalStatus is OperationalStatus.Up or OperationalStatus.Unknown)
            .Select(item => new LocalInterface(item.Name, [.. item.GetIPProperties().UnicastAddresses.Select(address => address.Address)])),
    ];

    public IReadOnlyList<string> DefaultRoutes() =>
    [
        .. Lines("route").Select(Route4).Concat(Lines("ipv6_route").Select(Route6))
            .OfType<(string Name, uint Metric)>()
            .OrderBy(route => route.Metric)
            .Select(route => route.Name)
            .Distinct(StringComparer.Ordinal),
    ];

    // Iface Destination Gateway Flags RefCnt Use Metric Mask …
    private static (string, uint)? Route4(string[] fields) =>
        fields is [var name, NoAddress4, _, _, _, _, var metric, NoAddress4, ..] && uint.TryParse(metric, CultureInfo.InvariantCulture, out var value)
            ? (name, value)
            : null;

    // Destination its-length Source its-length Next-hop Metric RefCnt Use Flags Iface
    private static (string, uint)? Route6(string[] fields) =>
        fields is [NoAddress6, "00", _, _, _, var metric, _, _, _, var name]
        && name != "lo"
        && uint.TryParse(metric, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var value)
            ? (name, value)
            : null;

    private IEnumerable<string[]> Lines(string table)
    {
        var file = Path.Join(root, "proc/net", table);
        return File.Exists(file) ? File.ReadLines(file).Select(line => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)) : [];
    }
}
