namespace Onboarding.Core.Configuration;

/// <summary>The control plane's configuration as it stands; a host rereads it while running.</summary>
public interface IOptionsSource
{
    /// <summary>The last good one.</summary>
    OnboardingOptions Current { get; }

    /// <summary>The endpoint's uid: configured, or made once and kept. It does not change while the process runs.</summary>
    string Uid { get; }

    /// <summary>Is raised after <see cref="Current"/> has changed.</summary>
    event Action? Changed;
}
