using System.Diagnostics;
using Onboarding.Agent.Unix;

namespace Onboarding.Agent.Sidecar;

/// <summary>A sidecar that this agent started.</summary>
internal sealed class ChildSidecar : ISidecarProcess
{
    private readonly Process process;

    public ChildSidecar(Process process, string revision)
    {
        this.process = process;
        Revision = revision;
        Ended = process.WaitForExitAsync();
    }

    public string Revision { get; }

    public Task Ended { get; }

    public void Terminate() => Signal(LibC.SignalTerminate);

    public void Kill() => Signal(LibC.SignalKill);

    private void Signal(int signal)
    {
        if (!process.HasExited)
        {
            _ = LibC.Kill(process.Id, signal);
        }
    }
}
