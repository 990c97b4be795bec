using Microsoft.Data.Sqlite;
using Onboarding.Core.Entities.Local;
using SQLitePCL;

namespace Onboarding.Standalone.Sqlite;

/// <summary>The statement that reads a row, without the layers of ADO.NET for the reason of <see cref="RowWriter"/>. For one thread at a time.</summary>
internal sealed class RowReader : IDisposable
{
    private const int Kind = 1;
    private const int Key = 2;
    private const int Version = 0;
    private const int Value = 1;

    private readonly sqlite3 database;
    private readonly sqlite3_stmt select;

    public RowReader(SqliteConnection connection)
    {
        database = connection.Handle!;
        Check(raw.sqlite3_prepare_v2(database, "SELECT version, value FROM entities WHERE kind = ?1 AND key = ?2", out select));
    }

    /// <summary>Reads a row; null: there is none.</summary>
    /// <exception cref="SqliteException">It could not be read.</exception>
    public EntityRow? Read(string kind, string key)
    {
        Check(raw.sqlite3_bind_text(select, Kind, kind));
        Check(raw.sqlite3_bind_text(select, Key, key));
        var row = raw.sqlite3_step(select) == raw.SQLITE_ROW
            ? new EntityRow(raw.sqlite3_column_int64(select, Version), raw.sqlite3_column_blob(select, Value).ToArray())
            : null;

        // A statement that is reset says again what its run said.
        Check(raw.sqlite3_reset(select));
        return row;
    }

    /// <inheritdoc/>
    public void Dispose() => select.Dispose();

    private void Check(int result) => SqliteException.ThrowExceptionForRC(result, database);
}
