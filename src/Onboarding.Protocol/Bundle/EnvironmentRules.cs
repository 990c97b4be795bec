using System.Collections.Frozen;

namespace Onboarding.Protocol.Bundle;

/// <summary>Which variables may be set for a sidecar. Names not listed here are refused, unless the machine's owner lists them.</summary>
internal static class EnvironmentRules
{
    private const string NeverSet = "may never be set";
    private const string CustomIpTables = "ISTIO_CUSTOM_IP_TABLES";
    private const string PodName = "POD_NAME";
    private const string AutoRegisterGroup = "ISTIO_META_AUTO_REGISTER_GROUP";

    /// <summary>They change what a shell, the loader or Istio's start script runs, and as whom. (EXEC_USER and POD_NAME reach a shell's command line unquoted.)</summary>
    private static readonly FrozenSet<string> Never = new[]
    {
        "PATH", "IFS", "ENV", "BASH_ENV", "SHELLOPTS", "EXEC_USER", PodName, "ISTIO_BIN_BASE", "ISTIO_LOG_DIR", "ISTIO_AGENT_FLAGS",
        "ISTIO_CFG", "PROXY_CONFIG", "ISTIO_SIDECAR_CONFIG", "ISTIO_CLUSTER_CONFIG", "ISTIO_INBOUND_INTERCEPTION_MODE", CustomIpTables,
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>They say where the sidecar gets its identity and what it binds: only the control plane knows.</summary>
    private static readonly FrozenSet<string> ControlPlaneOnly = new[] { "CA_ADDR", "ISTIOD_SAN", "ISTIO_SVC_IP" }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Listed = new[]
    {
        "CANONICAL_SERVICE", "CANONICAL_REVISION", "POD_NAMESPACE", "SERVICE_ACCOUNT", "TRUST_DOMAIN", "ISTIO_METAJSON_LABELS",
        "ISTIO_INBOUND_PORTS", "ISTIO_NAMESPACE", "ISTIO_SERVICE", "ISTIO_SERVICE_CIDR", "ISTIO_LOCAL_EXCLUDE_PORTS",
        "CA_ADDR", "ISTIOD_SAN", "ISTIO_SVC_IP", "REWRITE_PROBE_LEGACY_LOCALHOST_DESTINATION", PodName, CustomIpTables,
        "MINIMUM_DRAIN_DURATION", "TERMINATION_DRAIN_DURATION_SECONDS", "EXIT_ON_ZERO_ACTIVE_CONNECTIONS", "SECRET_TTL",
    }.ToFrozenSet(StringComparer.Ordinal);

    public static IReadOnlyDictionary<string, string> Apply(
        IReadOnlyDictionary<string, string> environment, IReadOnlyCollection<string>? allowedByOwner, string path, List<DroppedPart> dropped)
    {
        var kept = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in environment)
        {
            if ((RefuseName(name, allowedByOwner) ?? RefuseValue(name, value)) is { } reason)
            {
                dropped.Add(new DroppedPart($"{path}.{Printable(name)}", reason));
            }
            else
            {
                kept[name] = value;
            }
        }

        return kept;
    }

    public static string? RefuseConfigured(string name, string value) =>
        Never.Contains(name) ? NeverSet
        : ControlPlaneOnly.Contains(name) ? "is set by the control plane alone"
        : RefuseName(name, null) ?? RefuseValue(name, value);

    private static string? RefuseName(string name, IReadOnlyCollection<string>? allowedByOwner)
    {
        if (!IsName(name))
        {
            return "is not a variable name of capital letters, digits and underscores";
        }

        if (name.StartsWith("LD_", StringComparison.Ordinal) || (Never.Contains(name) && name is not (PodName or CustomIpTables)))
        {
            return NeverSet;
        }

        if (name == AutoRegisterGroup)
        {
            return "would register the workload past the control plane";
        }

        var isAllowed = Listed.Contains(name)
            || name.StartsWith("ISTIO_META_", StringComparison.Ordinal)
            || allowedByOwner?.Contains(name, StringComparer.Ordinal) is not false;
        return isAllowed ? null : "is not allowed; to allow it, add it to sidecar.istio.environment in agent.config.yaml";
    }

    private static string? RefuseValue(string name, string value)
    {
        if (value.Any(char.IsControl))
        {
            return "has control characters";
        }

        if (BundleText.IsBare(value) && value.Contains('\\', StringComparison.Ordinal))
        {
            return "has a backslash that a shell would interpret";
        }

        return name switch
        {
            "ISTIO_SVC_IP" => NetworkText.IsAddress(value) ? null : "is not an IP address",
            "ISTIO_NAMESPACE" or "POD_NAMESPACE" => NetworkText.IsLabel(value) ? null : "is not a DNS label",
            "ISTIO_SERVICE" or "ISTIOD_SAN" => NetworkText.IsDnsName(value) ? null : "is not a DNS name",
            PodName => NetworkText.IsObjectName(value) ? null : "is not an object's name",
            "CA_ADDR" => NetworkText.HostOf(value) is not null ? null : "is not host:port",
            CustomIpTables => value == "true" ? null : "is not true",
            _ => null,
        };
    }

    private static bool IsName(string name) =>
        name.Length is > 0 and <= 256
        && char.IsAsciiLetterUpper(name[0])
        && name.All(character => char.IsAsciiLetterUpper(character) || char.IsAsciiDigit(character) || character == '_');

    /// <summary>A name as it may stand in a log line or a condition.</summary>
    private static string Printable(string name) =>
        new([.. name.Take(64).Select(character => character is > ' ' and <= '~' ? character : '?')]);
}
