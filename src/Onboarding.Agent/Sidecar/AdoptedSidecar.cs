using Onboarding.Agent.Unix;

namespace Onboarding.Agent.Sidecar;

/// <summary>A sidecar that an agent before this one started. It is nobody's child any more, so its end is looked for.</summary>
internal sealed class AdoptedSidecar : ISidecarProcess
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);
    private readonly SidecarRecord.Entry entry;
    private readonly TimeProvider time;

    public AdoptedSidecar(SidecarRecord.Entry entry, TimeProvider time)
    {
        this.entry = entry;
        this.time = time;
        Ended = WatchAsync();
    }

    public string Revision => entry.Revision;

    public Task Ended { get; }

    private bool IsAlive => ProcessStart.Of(entry.Process) == entry.Started;

    public void Terminate() => Signal(LibC.SignalTerminate);

    public void Kill() => Signal(LibC.SignalKill);

    private async Task WatchAsync()
    {
        while (IsAlive)
        {
            await Task.Delay(Interval, time);
        }
    }

    private void Signal(int signal)
    {
        if (IsAlive)
        {
            _ = LibC.Kill(entry.Process, signal);
        }
    }
}
