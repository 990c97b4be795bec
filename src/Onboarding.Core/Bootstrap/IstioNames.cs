namespace Onboarding.Core.Bootstrap;

/// <summary>Names of an Istio control plane.</summary>
internal static class IstioNames
{
    public const string Namespace = "istio-system";
    public const int DiscoveryPort = 15012;

    /// <summary>Whether a revision is one: <c>default</c> and empty are not.</summary>
    public static bool IsRevision(string? revision) => revision is not (null or "" or "default");

    /// <summary>A name with the revision as its suffix, e.g. <c>istio-rev-1</c>.</summary>
    public static string WithRevision(string name, string? revision) => IsRevision(revision) ? $"{name}-{revision}" : name;

    /// <summary>istiod's name in its cluster.</summary>
    public static string IstiodHost(string? revision, string istioNamespace) => $"{WithRevision("istiod", revision)}.{istioNamespace}.svc";

    /// <summary>istiod's address in its cluster.</summary>
    public static string IstiodAddress(string? revision, string istioNamespace) => $"{IstiodHost(revision, istioNamespace)}:{DiscoveryPort}";
}
