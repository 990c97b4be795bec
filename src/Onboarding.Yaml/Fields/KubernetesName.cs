namespace Onboarding.Yaml.Fields;

/// <summary>
/// Kubernetes' rules for names and labels (k8s.io/apimachinery, pkg/util/validation). Each says what is wrong with a text; null: nothing.
/// </summary>
public static class KubernetesName
{
    /// <summary>An RFC 1123 label: namespaces, service accounts' parts.</summary>
    public static string? CheckLabel(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return IsDnsLabel(text)
            ? null
            : "must be an RFC 1123 label: at most 63 lower-case letters, digits and '-', first and last a letter or digit";
    }

    /// <summary>An RFC 1123 subdomain: names of most objects.</summary>
    public static string? CheckSubdomain(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return IsSubdomain(text)
            ? null
            : "must be an RFC 1123 subdomain: at most 253 lower-case letters, digits, '-' and '.', each part first and last a letter or digit";
    }

    /// <summary>The key of a label or annotation: a name, or a DNS prefix and a name.</summary>
    public static string? CheckLabelKey(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var isValid = IsQualifiedName(text[(slash + 1)..]) && (slash < 0 || IsSubdomain(text[..slash]));
        return isValid
            ? null
            : "is no label key: at most 63 letters, digits, '-', '_' and '.', first and last a letter or digit, after an optional DNS prefix and '/'";
    }

    /// <summary>The value of a label; it may be empty.</summary>
    public static string? CheckLabelValue(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length == 0 || IsQualifiedName(text)
            ? null
            : "is no label value: at most 63 letters, digits, '-', '_' and '.', first and last a letter or digit";
    }

    /// <summary>A label, key and value.</summary>
    public static string? CheckLabelPair(string key, string value) => CheckLabelKey(key) ?? CheckLabelValue(value);

    /// <summary>The revision of an Istio control plane: 1–56 characters, as a part of names of Services.</summary>
    public static string? CheckRevision(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length <= 56 && IsDnsLabel(text)
            ? null
            : "must be 1–56 lower-case letters, digits and '-', first and last a letter or digit";
    }

    private static bool IsSubdomain(string text) =>
        text.Length <= 253 && text.Split('.').All(part => HasForm(part, 253, char.IsAsciiLetterLower, "-"));

    private static bool IsDnsLabel(string text) => HasForm(text, 63, char.IsAsciiLetterLower, "-");

    private static bool IsQualifiedName(string text) => HasForm(text, 63, char.IsAsciiLetter, "-_.");

    private static bool HasForm(string text, int maxLength, Func<char, bool> isLetter, string between)
    {
        bool IsEdge(char letter) => isLetter(letter) || char.IsAsciiDigit(letter);
        return text.Length >= 1 && text.Length <= maxLength
            && IsEdge(text[0]) && IsEdge(text[^1])
            && text.All(letter => IsEdge(letter) || between.Contains(letter, StringComparison.Ordinal));
    }
}
