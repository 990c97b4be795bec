using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Onboarding.Standalone.Sqlite;

/// <summary>
/// The statements that change rows, prepared once and run without the layers of ADO.NET, which look a parameter up by its name and make a reader for each
/// row that is written: they took more than SQLite itself. For one thread.
/// </summary>
internal sealed class RowWriter : IDisposable
{
    private const int Kind = 1;
    private const int Key = 2;
    private const int Version = 3;
    private const int Next = 4;
    private const int Value = 5;

    private readonly sqlite3 database;
    private readonly sqlite3_stmt begin;
    private readonly sqlite3_stmt commit;
    private readonly sqlite3_stmt rollback;
    private readonly sqlite3_stmt insert;
    private readonly sqlite3_stmt update;
    private readonly sqlite3_stmt delete;

    public RowWriter(SqliteConnection connection)
    {
        database = connection.Handle!;
        begin = Prepare("BEGIN IMMEDIATE");
        commit = Prepare("COMMIT");
        rollback = Prepare("ROLLBACK");
        insert = Prepare("INSERT INTO entities (kind, key, version, value) VALUES (?1, ?2, ?4, ?5) ON CONFLICT DO NOTHING");
        update = Prepare("UPDATE entities SET version = ?4, value = ?5 WHERE kind = ?1 AND key = ?2 AND version = ?3");
        delete = Prepare("DELETE FROM entities WHERE kind = ?1 AND key = ?2 AND version = ?3");
    }

    /// <summary>Begins a transaction.</summary>
    /// <exception cref="SqliteException">The database is locked, or worse.</exception>
    public void Begin() => Run(begin);

    /// <summary>Ends it: what was written is durable.</summary>
    /// <exception cref="SqliteException">Perhaps it is.</exception>
    public void Commit() => Run(commit);

    /// <summary>Ends it without effect, where SQLite has not done so itself.</summary>
    public void Rollback()
    {
        if (raw.sqlite3_get_autocommit(database) == 0)
        {
            raw.sqlite3_step(rollback);
            raw.sqlite3_reset(rollback);
        }
    }

    /// <summary>Changes one row within a transaction.</summary>
    /// <returns>The new version, 0 after a deletion; null: another version is there.</returns>
    /// <exception cref="SqliteException">It failed; the transaction is to be rolled back.</exception>
    public long? Write(PendingWrite write)
    {
        var statement = write.Value is null ? delete : write.Version == 0 ? insert : update;

        // Chance rather than a counter: a row that was deleted and made anew never has a version it had before.
        var next = write.Value is null ? 0 : Random.Shared.NextInt64(1, long.MaxValue);
        Check(raw.sqlite3_bind_text(statement, Kind, write.Kind));
        Check(raw.sqlite3_bind_text(statement, Key, write.Key));
        if (statement != insert)
        {
            Check(raw.sqlite3_bind_int64(statement, Version, write.Version));
        }

        if (write.Value is { } value)
        {
            Check(raw.sqlite3_bind_int64(statement, Next, next));
            Check(raw.sqlite3_bind_blob(statement, Value, value));
        }

        Run(statement);
        return raw.sqlite3_changes(database) == 1 ? next : null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var statement in new[] { begin, commit, rollback, insert, update, delete })
        {
            statement.Dispose();
        }
    }

    private sqlite3_stmt Prepare(string sql)
    {
        Check(raw.sqlite3_prepare_v2(database, sql, out var statement));
        return statement;
    }

    // A statement that is reset says again what its run said.
    private void Run(sqlite3_stmt statement)
    {
        raw.sqlite3_step(statement);
        Check(raw.sqlite3_reset(statement));
    }

    private void Check(int result) => SqliteException.ThrowExceptionForRC(result, database);
}
