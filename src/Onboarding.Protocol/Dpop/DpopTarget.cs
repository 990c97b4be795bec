using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Onboarding.Protocol.Dpop;

/// <summary>The target of a call as a proof names it, <c>htu</c>.</summary>
internal static class DpopTarget
{
    private const string Scheme = "https://";

    public static string Of(string host, string path) => Scheme + (IsBareIPv6(host) ? $"[{host}]" : host) + path;

    /// <summary>
    /// Whether a text is <c>https</c>, one of the hosts, any port and exactly the path, with neither query nor fragment.
    /// It is compared as it stands: a URI parser would first resolve dots and escapes, and then two texts would name one path.
    /// </summary>
    public static bool Matches(string? htu, IReadOnlyCollection<string> hosts, string path)
    {
        if (htu is null || !htu.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        var slash = htu.IndexOf('/', Scheme.Length);
        if (slash < 0 || !string.Equals(htu[slash..], path, StringComparison.Ordinal))
        {
            return false;
        }

        var host = WithoutPort(htu[Scheme.Length..slash]);
        return host is not null && hosts.Any(known => IsSame(known.Trim('[', ']'), host));
    }

    // An IPv6 address has many spellings (RFC 5952).
    private static bool IsSame(string known, string host) =>
        string.Equals(known, host, StringComparison.OrdinalIgnoreCase)
        || (host.Contains(':', StringComparison.Ordinal)
            && IPAddress.TryParse(known, out var one) && one.AddressFamily == AddressFamily.InterNetworkV6
            && IPAddress.TryParse(host, out var other) && one.Equals(other));

    /// <summary>The host of an authority; null where it has user information or a port that is none.</summary>
    private static string? WithoutPort(string authority)
    {
        if (authority.StartsWith('['))
        {
            var end = authority.IndexOf(']', StringComparison.Ordinal);
            return end > 0 && IsPort(authority[(end + 1)..]) ? authority[1..end] : null;
        }

        var colon = authority.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? authority : IsPort(authority[colon..]) ? authority[..colon] : null;
    }

    private static bool IsPort(string text) =>
        text.Length == 0
        || (text[0] == ':' && ushort.TryParse(text.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out _));

    private static bool IsBareIPv6(string host) => !host.StartsWith('[') && host.Count(character => character == ':') > 1;
}
