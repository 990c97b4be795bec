using System.Text;
using Onboarding.Agent.Files;

namespace Onboarding.Agent.Sidecar;

/// <summary>Keeps the agent's block in the machine's hosts file.</summary>
/// <param name="files">The machine's files.</param>
/// <param name="manages">False: the user keeps the file by himself (<c>settings.hostsFile: Leave</c>).</param>
internal sealed class HostsFile(RootedFiles files, bool manages)
{
    // Every byte is one character and back: what others wrote there stays as it is, in whatever encoding.
    private static readonly Encoding Bytes = Encoding.Latin1;

    /// <summary>Writes the lines if they are not there.</summary>
    public void Apply(string lines)
    {
        if (!manages)
        {
            return;
        }

        var content = files.ReadForRewrite(SidecarPaths.Hosts);
        var before = Bytes.GetString(content ?? []);
        var after = HostsBlock.Apply(before, lines);
        if (after == before)
        {
            return;
        }

        if (content is not null)
        {
            files.Write(SidecarPaths.HostsCopy, content, new FileForm(FileForm.PublicFile));
        }

        files.Rewrite(SidecarPaths.Hosts, Bytes.GetBytes(after));
    }

    /// <summary>Takes the lines out; the copy is of no more use then.</summary>
    public void Remove()
    {
        Apply("");
        files.Delete(SidecarPaths.HostsCopy);
    }
}
