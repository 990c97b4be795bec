namespace Onboarding.Core.Bootstrap;

/// <summary>The canonical service of a workload, by Istio's rule.</summary>
public static class CanonicalService
{
    /// <summary>The label with its name.</summary>
    public const string NameLabel = "service.istio.io/canonical-name";

    /// <summary>The label with its revision.</summary>
    public const string RevisionLabel = "service.istio.io/canonical-revision";

    /// <summary>Its name: the first of three labels that is there, else the WorkloadGroup's name.</summary>
    public static string NameOf(IReadOnlyDictionary<string, string> labels, string group) =>
        FirstOf(labels, NameLabel, "app.kubernetes.io/name", "app") ?? group;

    /// <summary>Its revision: the first of three labels that is there, else <c>latest</c>.</summary>
    public static string RevisionOf(IReadOnlyDictionary<string, string> labels) =>
        FirstOf(labels, RevisionLabel, "app.kubernetes.io/version", "version") ?? "latest";

    private static string? FirstOf(IReadOnlyDictionary<string, string> labels, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (labels.TryGetValue(name, out var value))
            {
                return value;
            }
        }

        return null;
    }
}
