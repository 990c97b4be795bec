using System.Text;
using System.Text.Json.Nodes;

namespace Onboarding.Protocol.Bundle;

/// <summary>
/// Revisions of boot bundles: <c>&lt;start&gt;-&lt;rest&gt;-&lt;own&gt;</c>, hashes over what a sidecar reads only when it starts
/// (environment, proxy configuration, the entry's UID), over what it notices by itself (hosts, root certificates), and over what comes of
/// the workload and its group alone. A change of any makes an agent fetch the bundle; only a change of the first needs a restart, and where
/// the last has not moved with it, that comes of the mesh's configuration.
/// </summary>
public static class BundleRevision
{
    private const int HashLength = 16;

    /// <summary>The revision of a bundle's content; the bundle's own <see cref="BootBundle.Revision"/> is not looked at.</summary>
    /// <param name="bundle">The content.</param>
    /// <param name="entryUid">UID of the WorkloadEntry: one that was made anew is claimed only by a sidecar that starts anew.</param>
    /// <param name="own">What the workload and its group have put into it, in any form.</param>
    public static string Of(BootBundle bundle, string entryUid, string own)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        var environment = new JsonObject(bundle.Environment.Select(variable => KeyValuePair.Create(variable.Key, (JsonNode?)variable.Value)));
        var start = Hash(GoYaml.Write(environment), GoYaml.Write(bundle.ProxyConfig), entryUid);
        var rest = Hash(BundleText.Hosts(bundle.Hosts), bundle.RootCertificates ?? "");
        return $"{start}-{rest}-{Hash(own, entryUid)}";
    }

    /// <summary>Whether a sidecar that was started with one revision must be restarted to run with another; it must when it was started with an unknown one.</summary>
    public static bool NeedsRestart(string? started, string wanted)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        return started is null || !started.AsSpan(0, Math.Min(HashLength, started.Length)).SequenceEqual(wanted.AsSpan(0, Math.Min(HashLength, wanted.Length)));
    }

    /// <summary>Whether more than the mesh's configuration has changed between two revisions; it has where one of them is unknown.</summary>
    public static bool HasOwnChange(string? started, string wanted)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        return started?.Split('-') is not [_, _, var before] || wanted.Split('-') is not [_, _, var now] || !string.Equals(before, now, StringComparison.Ordinal);
    }

    private static string Hash(params string[] parts)
    {
        var text = new StringBuilder();
        foreach (var part in parts)
        {
            // The length keeps the end of one part from being read as the beginning of the next.
            text.Append(part.Length).Append(':').Append(part);
        }

        return Sha256Text.Hex(text.ToString())[..HashLength];
    }
}
