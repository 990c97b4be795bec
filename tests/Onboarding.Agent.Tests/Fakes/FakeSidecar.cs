using Onboarding.Agent.Sidecar;
using Onboarding.Protocol;

namespace Onboarding.Agent.Tests.Fakes;

/// <summary>A sidecar that does at once what it is told.</summary>
internal sealed class FakeSidecar : ISidecar
{
    public List<string> Orders { get; } = [];

    public SidecarState State { get; set; } = SidecarState.Ready;

    public string? Revision { get; set; }

    public void Ensure(string revision)
    {
        if (Revision is null)
        {
            Orders.Add($"start {revision}");
            Revision = revision;
        }
    }

    public void Restart(string revision)
    {
        Orders.Add($"restart {revision}");
        Revision = revision;
    }

    public Task<SidecarStatus> GetStatusAsync(CancellationToken cancellationToken) =>
        Task.FromResult(new SidecarStatus(State, "1.30.0", null, Revision));

    public Task StopAsync()
    {
        Orders.Add("stop");
        Revision = null;
        return Task.CompletedTask;
    }
}
