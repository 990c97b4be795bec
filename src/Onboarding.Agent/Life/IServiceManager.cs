namespace Onboarding.Agent.Life;

/// <summary>What the machine's service manager is doing with the agent.</summary>
internal interface IServiceManager
{
    /// <summary>True: it restarts the agent; false: it stops it, or the machine goes down; null: it has no part in it.</summary>
    Task<bool?> IsRestartingAsync(CancellationToken cancellationToken);
}
