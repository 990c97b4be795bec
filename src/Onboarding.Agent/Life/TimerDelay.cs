namespace Onboarding.Agent.Life;

/// <summary>Waits by the clock.</summary>
internal sealed class TimerDelay(TimeProvider time) : IDelay
{
    public Task WaitAsync(TimeSpan pause, CancellationToken cancellationToken) => Task.Delay(pause, time, cancellationToken);
}
