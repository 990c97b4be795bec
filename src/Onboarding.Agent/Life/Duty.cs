namespace Onboarding.Agent.Life;

/// <summary>What a member does again and again; in the order in which those that are due together are done.</summary>
internal enum Duty
{
    /// <summary>Renew the onboarding token.</summary>
    Renewal,

    /// <summary>Fetch the boot bundle and write its files.</summary>
    Bootstrap,

    /// <summary>Fetch the sidecar's token.</summary>
    SidecarToken,

    /// <summary>Say that the workload is alive, and hear what is new.</summary>
    Heartbeat,
}
