namespace Onboarding.Core.Configuration;

/// <summary>The trust bundle as it stands; a host rereads it while running.</summary>
public interface IAwsTrustSource
{
    /// <summary>The last good one; null: none is configured, or none was ever read.</summary>
    AwsTrust? Current { get; }

    /// <summary>Is raised after <see cref="Current"/> has changed.</summary>
    event Action? Changed;
}
