using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Onboarding.Protocol.Bundle;

/// <summary>What of a ProxyConfig may be delivered.</summary>
internal static class ProxyConfigRules
{
    private const string DiscoveryAddress = "discoveryAddress";
    private const string ProxyMetadata = "proxyMetadata";
    private const string ReadinessProbe = "readinessProbe";

    /// <summary>They name programs that are run and files that are read on the machine.</summary>
    private static readonly FrozenSet<string> Never =
        new[] { "binaryPath", "configPath", "customConfigFile", "proxyBootstrapTemplatePath" }.ToFrozenSet(StringComparer.Ordinal);

    public static JsonObject Apply(
        JsonObject config, IReadOnlyDictionary<string, string> environment, IReadOnlyCollection<string>? allowedByOwner, List<DroppedPart> dropped)
    {
        var kept = new JsonObject();
        foreach (var (name, value) in config)
        {
            if (Refuse(name, value, environment) is { } reason)
            {
                dropped.Add(new DroppedPart($"proxyConfig.{name}", reason));
            }
            else if (name == ProxyMetadata)
            {
                kept[name] = FilterMetadata(value!.AsObject(), allowedByOwner, dropped);
            }
            else if (name == ReadinessProbe)
            {
                kept[name] = FilterProbe(value!.AsObject(), dropped);
            }
            else
            {
                kept[name] = value?.DeepClone();
            }
        }

        return kept;
    }

    /// <summary>Hosts that the sidecar dials by a name other than istiod's.</summary>
    public static IEnumerable<string> DialledHosts(JsonObject config, IReadOnlyDictionary<string, string> environment)
    {
        string?[] addresses = [TextOf(config[DiscoveryAddress]), environment.GetValueOrDefault("CA_ADDR")];
        return addresses.Select(address => address is null ? null : NetworkText.HostOf(address)).OfType<string>().Where(host => !NetworkText.IsIstiod(host));
    }

    private static string? Refuse(string name, JsonNode? value, IReadOnlyDictionary<string, string> environment)
    {
        // protobuf JSON also reads a field under its original name: one spelling is let through, so that one spelling is filtered.
        if (!name.All(char.IsAsciiLetterOrDigit))
        {
            return "is not a field name in camelCase";
        }

        if (Never.Contains(name))
        {
            return "names a program or a file on the machine";
        }

        return name switch
        {
            DiscoveryAddress when !IsDiscoveryAddress(TextOf(value), environment) => "is neither istiod's name nor the gateway's",
            ProxyMetadata or ReadinessProbe when value is not JsonObject => "is not an object",
            _ => null,
        };
    }

    /// <summary>Either istiod's name, or the gateway's, in which case the name to be verified is told beside it.</summary>
    private static bool IsDiscoveryAddress(string? address, IReadOnlyDictionary<string, string> environment)
    {
        if (address is null || NetworkText.HostOf(address) is not { } host)
        {
            return false;
        }

        return NetworkText.IsIstiod(host)
            || (environment.GetValueOrDefault("ISTIOD_SAN") is { } verified && NetworkText.IsIstiod(verified)
                && string.Equals(environment.GetValueOrDefault("CA_ADDR"), address, StringComparison.Ordinal));
    }

    /// <summary>pilot-agent puts these into its environment, so they are filtered like it.</summary>
    private static JsonObject FilterMetadata(JsonObject metadata, IReadOnlyCollection<string>? allowedByOwner, List<DroppedPart> dropped)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in metadata)
        {
            if (TextOf(value) is { } text)
            {
                texts[name] = text;
            }
            else
            {
                dropped.Add(new DroppedPart($"proxyConfig.{ProxyMetadata}.{name}", "is not a string"));
            }
        }

        var kept = EnvironmentRules.Apply(texts, allowedByOwner, $"proxyConfig.{ProxyMetadata}", dropped);
        return new JsonObject(kept.Select(variable => KeyValuePair.Create(variable.Key, (JsonNode?)variable.Value)));
    }

    private static JsonObject FilterProbe(JsonObject probe, List<DroppedPart> dropped)
    {
        var kept = probe.DeepClone().AsObject();
        if (kept.Remove("exec"))
        {
            dropped.Add(new DroppedPart($"proxyConfig.{ReadinessProbe}.exec", "runs a command on the machine; use httpGet, tcpSocket or grpc"));
        }

        return kept;
    }

    private static string? TextOf(JsonNode? node) => node?.GetValueKind() == JsonValueKind.String ? node.GetValue<string>() : null;
}
