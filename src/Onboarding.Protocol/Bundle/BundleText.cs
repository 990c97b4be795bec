using System.Buffers;
using System.Text.Json.Nodes;

namespace Onboarding.Protocol.Bundle;

/// <summary>The text of the files that a sidecar starts with, as <c>istioctl x workload entry configure</c> writes them.</summary>
public static class BundleText
{
    /// <summary>istioctl means shell words but writes its pattern with a doubled backslash: letters but <c>w</c> are quoted, and a backslash is not.</summary>
    private static readonly SearchValues<char> Bare = SearchValues.Create(@"\w@%+=:,./-");

    /// <summary><c>cluster.env</c>: lines <c>KEY=value</c> in the byte order of whole lines, read by a shell.</summary>
    public static string ClusterEnvironment(IReadOnlyDictionary<string, string> environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        var lines = environment
            .Select(variable => $"{variable.Key}={Quote(variable.Value)}\n")
            .Order(Utf8Order.Instance);
        return string.Concat(lines);
    }

    /// <summary><c>mesh.yaml</c>.</summary>
    /// <param name="proxyConfig">An istio.mesh.v1alpha1.ProxyConfig as protobuf JSON.</param>
    public static string MeshConfiguration(JsonObject proxyConfig)
    {
        ArgumentNullException.ThrowIfNull(proxyConfig);
        return GoYaml.Write(new JsonObject { ["defaultConfig"] = proxyConfig.DeepClone() });
    }

    /// <summary>Lines for the hosts file; empty where there is none.</summary>
    public static string Hosts(IEnumerable<HostsEntry> entries) =>
        string.Concat(entries.Select(entry => $"{entry.Address} {string.Join(' ', entry.Names)}\n"));

    /// <summary>Whether a value stands in <c>cluster.env</c> without quotes.</summary>
    internal static bool IsBare(string value) => value.Length > 0 && !value.AsSpan().ContainsAnyExcept(Bare);

    private static string Quote(string value) =>
        IsBare(value) ? value : $"'{value.Replace("'", "'\"'\"'", StringComparison.Ordinal)}'";
}
