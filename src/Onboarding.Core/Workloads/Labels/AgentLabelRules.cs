using Onboarding.Core.Resources;
using Onboarding.Yaml.Fields;

namespace Onboarding.Core.Workloads.Labels;

/// <summary>Which labels an agent may add.</summary>
internal static class AgentLabelRules
{
    private const int MaxLabels = 16;
    private const string Locality = "istio-locality";
    private static readonly string[] ReservedDomains = ["istio.io", "k8s.io", "kubernetes.io", "tetrate.io"];

    /// <summary>What is wrong with an agent's labels, as <c>field.path: what</c>; null: nothing.</summary>
    public static string? Check(IReadOnlyDictionary<string, string> labels, WorkloadGroup group)
    {
        if (labels.Count > MaxLabels)
        {
            return $"registration.workload.labels: at most {MaxLabels} are allowed";
        }

        var allowed = AllowedKeys(group);
        foreach (var (key, value) in labels)
        {
            var problem = KubernetesName.CheckLabelPair(key, value)
                ?? (IsReserved(key) ? "is reserved" : null)
                ?? (allowed?.Contains(key) == false ? "is not among the labels that the group allows its agents" : null);
            if (problem is not null)
            {
                return $"registration.workload.labels[\"{key}\"]: {problem}";
            }
        }

        return null;
    }

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
