using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Onboarding.Core.Entities.Local;

namespace Onboarding.Standalone.Sqlite;

/// <summary>
/// Rows of entities in SQLite: WAL with <c>synchronous=FULL</c>, one writer that commits what has gathered in one transaction, and so with one fsync.
/// </summary>
/// <remarks>A commit that fails fails for its whole batch; a conflict only for the write that had it.</remarks>
internal sealed partial class SqliteEntityStore : IEntityStore, IDisposable
{
    private const int LargestBatch = 1024;
    private const int PageSize = 256;

    private readonly BlockingCollection<PendingWrite> queue = new(new ConcurrentQueue<PendingWrite>());
    private readonly TimeProvider time;
    private readonly StorageMetrics metrics;
    private readonly ILogger<SqliteEntityStore> logger;
    private readonly SqliteConnection writing;
    private readonly RowWriter rows;
    private readonly SqliteConnection reading;
    private readonly RowReader reader;
    private readonly Lock readGate = new();
    private readonly Thread writer;
    private bool isDisposed;

    private SqliteEntityStore(SqliteConnection writing, SqliteConnection reading, TimeProvider time, StorageMetrics metrics, ILogger<SqliteEntityStore> logger)
    {
        this.time = time;
        this.metrics = metrics;
        this.logger = logger;
        this.writing = writing;
        this.reading = reading;
        rows = new RowWriter(writing);
        reader = new RowReader(reading);
        writer = new Thread(CommitBatches) { IsBackground = true, Name = "entity writer" };
        writer.Start();
    }

    /// <summary>Opens the database, makes it where it is absent, and brings its schema forward.</summary>
    /// <exception cref="StartException">It is of a later release, or cannot be opened.</exception>
    public static SqliteEntityStore Open(string path, string release, TimeProvider time, StorageMetrics metrics, ILogger<SqliteEntityStore> logger)
    {
        SqliteConnection? connection = null;
        try
        {
            connection = Connect(path);
            SqliteSchema.Migrate(connection, release);
            return new SqliteEntityStore(connection, Connect(path), time, metrics, logger);
        }
        catch (SqliteException failure)
        {
            connection?.Dispose();
            throw new StartException($"{path}: the database cannot be opened: {failure.Message}", failure);
        }
        catch (StartException)
        {
            connection?.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public ValueTask<EntityRow?> ReadAsync(string kind, string key, CancellationToken cancellationToken = default)
    {
        // Some microseconds from the page cache: not worth a thread of its own.
        lock (readGate)
        {
            return ValueTask.FromResult(reader.Read(kind, key));
        }
    }

    /// <summary>Keys of all rows of a kind, in order, read a page at a time: a row that is made meanwhile may be missing.</summary>
    public IEnumerable<string> ListKeys(string kind)
    {
        var last = "";
        List<string> page;
        do
        {
            page = ListKeys(kind, last);
            foreach (var key in page)
            {
                yield return last = key;
            }
        }
        while (page.Count == PageSize);
    }

    /// <inheritdoc/>
    public ValueTask<long> WriteAsync(string kind, string key, long version, byte[]? value)
    {
        var write = new PendingWrite(kind, key, version, value);
        queue.Add(write);
        return new ValueTask<long>(write.Committed);
    }

    /// <summary>Commits what has been asked for, and closes the database.</summary>
    public void Dispose()
    {
        if (isDisposed)
        {
            return;
        }

        isDisposed = true;
        queue.CompleteAdding();
        writer.Join();
        rows.Dispose();
        writing.Dispose();
        reader.Dispose();
        reading.Dispose();
        queue.Dispose();
    }

    private static SqliteConnection Connect(string path)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = 5 }.ToString());
        connection.Open();
        using var pragmas = connection.CreateCommand();
        pragmas.CommandText = "PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;";
        pragmas.ExecuteNonQuery();
        return connection;
    }

    private List<string> ListKeys(string kind, string after)
    {
        lock (readGate)
        {
            using var list = reading.CreateCommand();
            list.CommandText = "SELECT key FROM entities WHERE kind = $kind AND key > $after ORDER BY key LIMIT $count";
            list.Parameters.AddWithValue("$kind", kind);
            list.Parameters.AddWithValue("$after", after);
            list.Parameters.AddWithValue("$count", PageSize);
            using var found = list.ExecuteReader();
            var keys = new List<string>(PageSize);
            while (found.Read())
            {
                keys.Add(found.GetString(0));
            }

            return keys;
        }
    }

    private void CommitBatches()
    {
        var batch = new List<PendingWrite>(LargestBatch);
        foreach (var first in queue.GetConsumingEnumerable())
        {
            batch.Add(first);
            while (batch.Count < LargestBatch && queue.TryTake(out var next))
            {
                batch.Add(next);
            }

            Commit(batch);
            batch.Clear();
        }
    }

    private void Commit(List<PendingWrite> batch)
    {
        var started = time.GetTimestamp();
        var versions = new long?[batch.Count];
        try
        {
            rows.Begin();
            for (var index = 0; index < batch.Count; index++)
            {
                versions[index] = rows.Write(batch[index]);
            }

            rows.Commit();
        }
        catch (Exception failure)
        {
            rows.Rollback();
            metrics.Failed();
            LogCommitFailed(logger, batch.Count, failure);
            batch.ForEach(write => write.Fail(new IOException("the commit failed", failure)));
            return;
        }

        metrics.Committed(batch.Count, time.GetElapsedTime(started));
        for (var index = 0; index < batch.Count; index++)
        {
            Answer(batch[index], versions[index]);
        }
    }

    private static void Answer(PendingWrite write, long? version)
    {
        if (version is { } committed)
        {
            write.Succeed(committed);
        }
        else
        {
            write.Fail(new EntityConflictException($"another version of {write.Kind} {write.Key} is stored"));
        }
    }

    [LoggerMessage(EventId = 5101, Level = LogLevel.Error, Message = "A commit of {Count} rows failed")]
    private static partial void LogCommitFailed(ILogger logger, int count, Exception failure);
}
