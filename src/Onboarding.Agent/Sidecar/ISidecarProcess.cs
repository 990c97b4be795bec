namespace Onboarding.Agent.Sidecar;

/// <summary>A running sidecar.</summary>
internal interface ISidecarProcess
{
    /// <summary>Revision of the boot bundle that it was started with.</summary>
    string Revision { get; }

    /// <summary>Completes when it has ended.</summary>
    Task Ended { get; }

    /// <summary>Asks it to drain and end (SIGTERM).</summary>
    void Terminate();

    /// <summary>Ends it at once (SIGKILL).</summary>
    void Kill();
}
