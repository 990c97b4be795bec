using System.Diagnostics.Metrics;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Onboarding.Standalone.Data;
using Onboarding.Standalone.Sqlite;

namespace Onboarding.Standalone.Tests.Sqlite;

/// <summary>A store in a directory of its own.</summary>
internal sealed class TemporarySqliteStore : IDisposable
{
    private readonly TemporaryDirectory directory = new();
    private readonly DataDirectory data;
    private readonly TestMeters meters = new();

    public TemporarySqliteStore()
    {
        data = DataDirectory.Open(directory.Path);
        data.Touch("entities.db");
        Store = Open();
    }

    public string Path => data.PathOf("entities.db");

    public SqliteEntityStore Store { get; private set; }

    public void Reopen()
    {
        Store.Dispose();
        Store = Open();
    }

    /// <summary>Changes the database past the store.</summary>
    public void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path};Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public void Dispose()
    {
        Store.Dispose();
        data.Dispose();
        meters.Dispose();
        directory.Dispose();
    }

    private SqliteEntityStore Open() => SqliteEntityStore.Open(Path, "1.2.3", TimeProvider.System, new StorageMetrics(meters), NullLogger<SqliteEntityStore>.Instance);

    private sealed class TestMeters : IMeterFactory
    {
        private readonly List<Meter> meters = [];

        public Meter Create(MeterOptions options)
        {
            meters.Add(new Meter(options));
            return meters[^1];
        }

        public void Dispose() => meters.ForEach(meter => meter.Dispose());
    }
}
