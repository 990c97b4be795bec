using System.Text.RegularExpressions;

namespace Onboarding.Endpoint.Api.Validation;

/// <summary>Names and labels as Kubernetes has them (RFC 1123; "Labels and Selectors" of its documentation).</summary>
internal static partial class KubernetesNames
{
    private const int MaxLabel = 63;
    private const int MaxSubdomain = 253;

    /// <summary>A DNS-1123 label, such as a namespace's name.</summary>
    public static bool IsDnsLabel(string text) => text.Length is > 0 and <= MaxLabel && DnsLabel().IsMatch(text);

    /// <summary>A DNS-1123 subdomain, such as an object's name.</summary>
    public static bool IsDnsSubdomain(string text) => text.Length is > 0 and <= MaxSubdomain && DnsSubdomain().IsMatch(text);

    /// <summary>A label's key: a name, perhaps after a DNS prefix and a slash.</summary>
    public static bool IsLabelKey(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        return (slash < 0 || IsDnsSubdomain(text[..slash]))
            && text[(slash + 1)..] is { Length: > 0 } name
            && IsLabelValue(name);
    }

    /// <summary>A label's value.</summary>
    public static bool IsLabelValue(string text) => text.Length <= MaxLabel && LabelValue().IsMatch(text);

    [GeneratedRegex(@"\A[a-z0-9](?:[-a-z0-9]*[a-z0-9])?\z", RegexOptions.CultureInvariant, 100)]
    private static partial Regex DnsLabel();

    [GeneratedRegex(@"\A[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*\z", RegexOptions.CultureInvariant, 100)]
    private static partial Regex DnsSubdomain();

    [GeneratedRegex(@"\A(?:[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?)?\z", RegexOptions.CultureInvariant, 100)]
    private static partial Regex LabelValue();
}
