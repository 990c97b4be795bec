namespace Onboarding.Agent.Sidecar;

/// <summary>Asks a running sidecar whether it takes traffic.</summary>
internal interface IReadinessProbe
{
    Task<bool> IsReadyAsync(CancellationToken cancellationToken);
}
