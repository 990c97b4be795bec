using Onboarding.Endpoint.Telemetry.Health;

namespace Onboarding.Silo.Readiness;

/// <summary>The silo says in the membership table that it is alive, reads there who else is, and probes its neighbours. Orleans knows when it does not get round to it.</summary>
internal sealed class MembershipIsWatched(IEnumerable<IHealthCheckParticipant> participants, TimeProvider time) : IReadinessCheck
{
    private readonly Lock gate = new();
    private DateTime checkedAt = time.GetUtcNow().UtcDateTime;

    /// <inheritdoc/>
    public string Name => "membership";

    /// <inheritdoc/>
    public ValueTask<string?> FindProblemAsync(CancellationToken cancellationToken)
    {
        lock (gate)
        {
            var before = checkedAt;
            checkedAt = time.GetUtcNow().UtcDateTime;
            foreach (var participant in participants)
            {
                if (!participant.CheckHealth(before, out var reason))
                {
                    return new(reason);
                }
            }
        }

        return new((string?)null);
    }
}
