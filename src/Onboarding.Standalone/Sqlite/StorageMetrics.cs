using System.Diagnostics.Metrics;

namespace Onboarding.Standalone.Sqlite;

/// <summary>What is measured of the database.</summary>
internal sealed class StorageMetrics
{
    private readonly Histogram<double> duration;
    private readonly Counter<long> rows;
    private readonly Counter<long> failures;

    public StorageMetrics(IMeterFactory meters)
    {
        var meter = meters.Create("Onboarding.Standalone");
        duration = meter.CreateHistogram<double>("onboarding.storage.commit.duration", "s", "Time of one commit, which holds all writes that had gathered");
        rows = meter.CreateCounter<long>("onboarding.storage.rows", "{row}", "Rows written durably");
        failures = meter.CreateCounter<long>("onboarding.storage.commit.failures", "{commit}", "Commits that failed");
    }

    /// <summary>Records a commit.</summary>
    public void Committed(int count, TimeSpan took)
    {
        duration.Record(took.TotalSeconds);
        rows.Add(count);
    }

    /// <summary>Records a commit that failed.</summary>
    public void Failed() => failures.Add(1);
}
