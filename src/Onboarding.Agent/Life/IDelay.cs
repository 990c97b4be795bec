namespace Onboarding.Agent.Life;

/// <summary>How the agent waits: one place, so that a test can see each pause and end it.</summary>
internal interface IDelay
{
    Task WaitAsync(TimeSpan pause, CancellationToken cancellationToken);
}
