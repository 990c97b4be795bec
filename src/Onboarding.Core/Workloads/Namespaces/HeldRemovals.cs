using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Onboarding.Core.Workloads.Namespaces;

/// <summary>The removals that this process was told to hold, as a metric; over all processes it is their sum.</summary>
internal sealed class HeldRemovals
{
    private readonly ConcurrentDictionary<string, DateTimeOffset> held = new(StringComparer.Ordinal);
    private readonly TimeProvider time;

    public HeldRemovals(IMeterFactory meters, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(meters);
        this.time = time;
        meters.Create("Onboarding.Core").CreateObservableGauge("onboarding.removals.held", () => Count, "{workload}", "Workloads whose removal the brake holds");
    }

    /// <summary>How many there are. Who has not asked again has come back, and is forgotten here.</summary>
    public int Count
    {
        get
        {
            var now = time.GetUtcNow();
            foreach (var over in held.Where(one => one.Value <= now))
            {
                held.TryRemove(over);
            }

            return held.Count;
        }
    }

    /// <summary>Counts a workload until then.</summary>
    public void Hold(string workload, DateTimeOffset until) => held[workload] = until;

    /// <summary>Counts it no more.</summary>
    public void LetGo(string workload) => held.TryRemove(workload, out _);
}
