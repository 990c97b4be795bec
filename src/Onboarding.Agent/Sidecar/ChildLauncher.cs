using System.ComponentModel;
using System.Diagnostics;
using Onboarding.Agent.Files;
using Onboarding.Agent.Processes;
using Onboarding.Agent.Unix;

namespace Onboarding.Agent.Sidecar;

/// <summary>Starts Istio's own start script as a child of the agent, under the sidecar's user if the agent is root.</summary>
internal sealed class ChildLauncher(RootedFiles files, SidecarOutput output, SidecarRecord record, TimeProvider time) : ISidecarLauncher
{
    public bool IsInstalled => File.Exists(files.PathOf(SidecarPaths.StartScript));

    public ISidecarProcess? TryAdopt() =>
        record.Load() is { } kept && ProcessStart.Of(kept.Process) == kept.Started ? new AdoptedSidecar(kept, time) : null;

    public ISidecarProcess Start(string revision)
    {
        try
        {
            var child = Process.Start(Describe()) ?? throw new SidecarStartException("the system started no process");
            record.Save(new SidecarRecord.Entry(child.Id, ProcessStart.Of(child.Id) ?? 0, revision));
            return new ChildSidecar(child, revision);
        }
        catch (Exception error) when (error is Win32Exception or UntrustedExecutableException or IOException)
        {
            throw new SidecarStartException(error.Message, error);
        }
    }

    public void Forget() => record.Remove();

    private ProcessStartInfo Describe()
    {
        // The shell only opens the output files, as the user that the sidecar runs as, and becomes the script.
        var script = TrustedExecutable.Resolve(files.PathOf(SidecarPaths.StartScript));
        var start = new ProcessStartInfo("/bin/sh", ["-c", output.Script, script, output.StandardOutput, output.StandardError])
        {
            UseShellExecute = false,
            WorkingDirectory = "/",
        };
        start.Environment.Clear();
        // With this user name Istio's script starts the proxy itself; with another it would ask sudo for istio-proxy.
        foreach (var (name, value) in MinimalEnvironment.Create(new Dictionary<string, string>(StringComparer.Ordinal) { ["USER"] = SidecarPaths.User }))
        {
            start.Environment[name] = value;
        }

        if (SystemUser.AgentIsRoot)
        {
            SetUser(start);
        }

        return start;
    }

    private void SetUser(ProcessStartInfo start)
    {
        if (SystemUser.Find(SidecarPaths.User) is not null)
        {
            start.UserName = SidecarPaths.User;
        }
        else if (files.Root == "/")
        {
            throw new SidecarStartException($"there is no user {SidecarPaths.User}, and the sidecar is not run as root; reinstall the istio-sidecar package");
        }
    }
}
