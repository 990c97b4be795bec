using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Onboarding.Protocol.Bundle;

/// <summary>Forms of names and addresses, read strictly: what passes here may reach a shell.</summary>
public static class NetworkText
{
    /// <summary>A DNS-1123 label.</summary>
    public static bool IsLabel(string text) => text is { Length: <= 63 } && IsPart(text);

    /// <summary>A DNS-1123 subdomain.</summary>
    public static bool IsDnsName(string text) => text is { Length: <= 253 } && text.Split('.').All(IsLabel);

    /// <summary>A Kubernetes object's name: a DNS-1123 subdomain whose parts, unlike a host's, may be longer than 63 characters, as an ECS task's is.</summary>
    public static bool IsObjectName(string text) => text is { Length: <= 253 } && text.Split('.').All(IsPart);

    /// <summary>An IPv4 address with four decimal parts, or an IPv6 address without zone.</summary>
    public static bool IsAddress(string text) =>
        text is not null && text.All(character => char.IsAsciiHexDigit(character) || character is '.' or ':')
        && IPAddress.TryParse(text, out var address)
        && (address.AddressFamily == AddressFamily.InterNetworkV6 || string.Equals(address.ToString(), text, StringComparison.Ordinal));

    /// <summary>The host of <c>host:port</c> or <c>[IPv6]:port</c>; null: it has no such form.</summary>
    public static string? HostOf(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var colon = text.LastIndexOf(':');
        if (colon <= 0
            || !ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            || port == 0)
        {
            return null;
        }

        var host = text[..colon];
        return host is ['[', .. var inner, ']'] ? (inner.Contains(':', StringComparison.Ordinal) && IsAddress(inner) ? inner : null)
            : IsDnsName(host) ? host
            : null;
    }

    /// <summary>A name of istiod's Service: <c>istiod[-revision].namespace.svc</c>, with or without the cluster's domain.</summary>
    public static bool IsIstiod(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var labels = name.Split('.');
        return labels.Length >= 3
            && labels[2] == "svc"
            && (labels[0] == "istiod" || labels[0].StartsWith("istiod-", StringComparison.Ordinal))
            && IsDnsName(name);
    }

    private static bool IsPart(string text) =>
        text.Length > 0
        && text.All(character => char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character) || character == '-')
        && text[0] != '-' && text[^1] != '-';
}
