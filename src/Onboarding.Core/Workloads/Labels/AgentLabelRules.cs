using Onboarding.Core.Resources;
using Onboarding.Yaml.Fields;

namespace Onboarding.Core.Workloads.Labels;

/// <summary>Which labels an agent may add.</summary>
public static class AgentLabelRules
{
    private const int MaxLabels = 16;
    private const string Locality = "istio-locality";

    /// <summary>Prefixes, with all their subdomains, of labels that no agent may set.</summary>
    private static readonly string[] ReservedDomains = ["istio.io", "k8s.io", "kubernetes.io", "tetrate.io"];

    /// <summary>What is wrong with an agent's labels in every group, as <c>path: what</c>; null: nothing.</summary>
    public static string? Check(IReadOnlyDictionary<string, string> labels, string path)
    {
        ArgumentNullException.ThrowIfNull(labels);
        return labels.Count > MaxLabels
            ? $"{path}: must have at most {MaxLabels} entries"
            : First(labels, path, CheckLabel);
    }

    /// <summary>The same in one group, whose annotation may narrow what is allowed.</summary>
    internal static string? Check(IReadOnlyDictionary<string, string> labels, string path, WorkloadGroup group) =>
        Check(labels, path)
        ?? (AllowedKeys(group) is { } allowed
            ? First(labels, path, (key, _) => allowed.Contains(key) ? null : "is not among the labels that the group allows its agents")
            : null);

    private static string? First(IReadOnlyDictionary<string, string> labels, string path, Func<string, string, string?> check)
    {
        foreach (var (key, value) in labels)
        {
            if (check(key, value) is { } problem)
            {
                return $"{path}[\"{key}\"]: {problem}";
            }
        }

        return null;
    }

    private static string? CheckLabel(string key, string? value) =>
        value is null ? "must not be null"
        : IsReserved(key) ? "is a label that agents may not set"
        : KubernetesName.CheckLabelPair(key, value);

    private static bool IsReserved(string key)
    {
        var slash = key.IndexOf('/', StringComparison.Ordinal);
        var prefix = slash < 0 ? null : key[..slash];
        return key == Locality
            || ReservedDomains.Any(domain => prefix == domain || prefix?.EndsWith($".{domain}", StringComparison.Ordinal) == true);
    }

    private static HashSet<string>? AllowedKeys(WorkloadGroup group) =>
        group.Metadata.Annotations.TryGetValue(WellKnownMetadata.AllowedLabelsAnnotation, out var text)
            ? new(text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries), StringComparer.Ordinal)
            : null;
}
