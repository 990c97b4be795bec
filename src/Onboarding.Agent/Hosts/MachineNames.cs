using System.Text;
using Onboarding.Agent.Files;
using Onboarding.Agent.Sidecar;

namespace Onboarding.Agent.Hosts;

/// <summary>The names of this machine: its host name, short and whole, and what <c>/etc/hosts</c> calls the machine of that name.</summary>
internal static class MachineNames
{
    /// <summary>Finds them. Names that only name servers know are not asked for: the agent must start without a network.</summary>
    public static IReadOnlyCollection<string> Find(RootedFiles files, string hostName)
    {
        var names = new HashSet<string>([hostName, hostName.Split('.')[0]], StringComparer.OrdinalIgnoreCase);
        foreach (var line in HostsBlock.Apply(ReadHosts(files), "").Split('\n'))
        {
            var named = line.Split('#')[0].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Skip(1).ToArray();
            if (named.Any(name => name.Equals(hostName, StringComparison.OrdinalIgnoreCase) || name.StartsWith($"{hostName}.", StringComparison.OrdinalIgnoreCase)))
            {
                names.UnionWith(named);
            }
        }

        return names;
    }

    private static string ReadHosts(RootedFiles files)
    {
        try
        {
            return Encoding.Latin1.GetString(files.ReadForRewrite(SidecarPaths.Hosts) ?? []);
        }
        catch (IOException)
        {
            return "";
        }
    }
}
