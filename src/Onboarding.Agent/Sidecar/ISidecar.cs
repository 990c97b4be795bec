using Onboarding.Protocol;

namespace Onboarding.Agent.Sidecar;

/// <summary>The sidecar as the agent's life sees it: something that is told and asked, and looks after itself in between.</summary>
internal interface ISidecar
{
    /// <summary>Revision of the boot bundle that it runs with; null while it does not run.</summary>
    string? Revision { get; }

    /// <summary>Starts it if it does not run, and again whenever it ends.</summary>
    void Ensure(string revision);

    /// <summary>Drains it and starts it again with what has been written since.</summary>
    void Restart(string revision);

    /// <summary>What to tell the endpoint about it.</summary>
    Task<SidecarStatus> GetStatusAsync(CancellationToken cancellationToken);

    /// <summary>Drains it and ends it, within bounds.</summary>
    Task StopAsync();
}
