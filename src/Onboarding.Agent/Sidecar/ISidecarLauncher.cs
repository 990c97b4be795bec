namespace Onboarding.Agent.Sidecar;

/// <summary>Starts the sidecar, and finds one that an agent before this one started.</summary>
internal interface ISidecarLauncher
{
    /// <summary>Whether a sidecar is installed.</summary>
    bool IsInstalled { get; }

    /// <summary>The sidecar that the agent before this one handed over; null: there is none.</summary>
    ISidecarProcess? TryAdopt();

    /// <summary>Starts one.</summary>
    /// <exception cref="SidecarStartException">It could not be started.</exception>
    ISidecarProcess Start(string revision);

    /// <summary>It was stopped: there is nothing to adopt any more.</summary>
    void Forget();
}
